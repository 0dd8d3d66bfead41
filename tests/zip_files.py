"""Zip files as honest and hostile people make them."""

import io
import stat
import struct
import zipfile
import zlib


def zipped(files: dict[str, bytes], **kinds: int) -> io.BytesIO:
    """A zip of these files; `kinds` gives Unix modes by path (with "/" as "__")."""
    stream = io.BytesIO()
    modes = {path.replace("__", "/"): mode for path, mode in kinds.items()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path)
            entry.create_system = 3
            entry.external_attr = modes.get(path, stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    stream.seek(0)
    return stream


def zeros(path: str, size: int) -> io.BytesIO:
    """A zip whose one file, at `path`, unpacks to `size` zeros: one deflated megabyte again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = block + again * (size // 1_000_000 - 1) + packer.flush()
    name = path.encode()
    # The headers lie: the one before the data promises ten bytes.
    short = size & 0xFFFFFFFF
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), 10, len(name), 0) + name
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(data), short, len(name), 0, 0, 0, 0, 0, 0
    ) + name  # fmt: skip
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    return io.BytesIO(local + data + central + end)
