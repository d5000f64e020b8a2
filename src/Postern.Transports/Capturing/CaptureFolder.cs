using System.Globalization;
using Postern.Transports.Evidence;

namespace Postern.Transports.Capturing;

/// <summary>Where captures are kept: its owner's alone, and never more than it may hold. Files that somebody writes or reads stay.</summary>
internal sealed class CaptureFolder : IRecordFolder
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string DraftSuffix = ".new";

    private readonly string _path;
    private readonly long _maxOthersBytes;
    private readonly Action<string> _note;

    /// <summary>Makes the directory when it is missing.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="maxOthersBytes">What may be there beside a new file.</param>
    /// <param name="note">Is told what is deleted.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public CaptureFolder(string path, long maxOthersBytes, Action<string> note)
    {
        (_path, _maxOthersBytes, _note) = (path, maxOthersBytes, note);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Bytes of all files that are there.</summary>
    public long Bytes => Files().Sum(static file => file.Length);

    /// <summary>Makes a file under another name and gives it its own when it can be written to.</summary>
    public IRecordFile Create(string name)
    {
        MakeRoom();
        var path = Path.Combine(_path, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(path + DraftSuffix, options).Dispose();
        File.Move(path + DraftSuffix, path, overwrite: false);
        return new RecordFile(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read), 0);
    }

    public void Dispose()
    {
    }

    private void MakeRoom()
    {
        var left = Bytes;
        foreach (var file in Files())
        {
            if (left <= _maxOthersBytes)
            {
                return;
            }

            var length = file.Length;
            if (TryDelete(file))
            {
                left -= length;
                _note(string.Create(CultureInfo.InvariantCulture, $"captures: {file.Name} is deleted to make room, {length} bytes"));
            }
        }

        if (left > _maxOthersBytes)
        {
            throw new IOException("the captures that are there are as many as may be, and none can be deleted");
        }
    }

    /// <summary>Who writes a file holds it, and then it is not the oldest of anything.</summary>
    private static bool TryDelete(FileInfo file)
    {
        try
        {
            using (file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                file.Delete();
            }

            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private List<FileInfo> Files() => [.. SealedName.FilesIn(_path).Select(static file => new FileInfo(file)).Where(static file => file.Exists)];
}
