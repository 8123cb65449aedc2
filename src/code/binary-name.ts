/** Endings of pictures, sounds, films, fonts, archives, programs and documents that are no text. */
const endings = new Set((
  'png jpg jpeg gif webp avif bmp ico icns tif tiff heic psd ai sketch fig xcf raw cur dds ktx glb blend ' +
  'mp3 mp4 m4a m4v mov avi mkv webm ogg oga ogv opus wav flac aac wmv mpg mpeg 3gp swf ' +
  'woff woff2 ttf otf eot ttc pfb ' +
  'zip gz tgz bz2 xz 7z rar zst br lz4 tar jar war ear apk aab ipa dmg iso deb rpm msi cab crx xpi nupkg whl phar ' +
  'exe dll so dylib a o obj lib bin class pyc pyo wasm node pdb elf ko sys rlib ' +
  'pdf doc docx xls xlsx ppt pptx odt ods odp epub mobi sqlite sqlite3 db mdb parquet avro orc onnx pt pth h5 npy npz pkl tflite safetensors gguf mmdb'
).split(' '));

/** True where a file's name alone tells that it holds no text. */
export function isBinaryName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 && endings.has(name.slice(dot + 1).toLowerCase());
}
