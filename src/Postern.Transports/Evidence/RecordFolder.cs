using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;

namespace Postern.Transports.Evidence;

/// <summary>The evidence directory, held by one recorder at a time.</summary>
internal sealed class RecordFolder : IRecordFolder
{
    private const string LockName = "evidence.lock";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Action<string> _keepNames;

    private RecordFolder(string path, FileStream held, Action<string> keepNames) => (_path, _lock, _keepNames) = (path, held, keepNames);

    /// <summary>Where the files are.</summary>
    public string Path => _path;

    /// <summary>Creates the directory (0700) when it is missing, and takes hold of it.</summary>
    /// <exception cref="EvidenceInUseException">Another process records here.</exception>
    public static RecordFolder Open(string path) => Open(path, FolderFlush.Run);

    /// <summary>The same, with <paramref name="keepNames"/> to flush a directory in which a name was made or removed.</summary>
    internal static RecordFolder Open(string path, Action<string> keepNames)
    {
        var isNew = !Directory.Exists(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }

        if (isNew && System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } parent)
        {
            keepNames(parent);
        }

        try
        {
            return new RecordFolder(path, new FileStream(System.IO.Path.Combine(path, LockName), With600(new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            })), keepNames);
        }
        catch (IOException locked) when (Directory.Exists(path) && File.Exists(System.IO.Path.Combine(path, LockName)))
        {
            throw new EvidenceInUseException($"another process keeps evidence in {path}; give each its own directory", locked);
        }
    }

    public IRecordFile Create(string name) => Open(name, FileMode.CreateNew, 0);

    /// <summary>Opens a file to go on after its first <paramref name="length"/> bytes; what stands behind them is cut off.</summary>
    public IRecordFile Continue(string name, long length) => Open(name, FileMode.Open, length);

    /// <summary>Removes a file in which no record was ever completed.</summary>
    public void Remove(string name)
    {
        File.Delete(System.IO.Path.Combine(_path, name));
        _keepNames(_path);
    }

    /// <summary>The evidence files here, in no particular order; everything else is not looked at.</summary>
    public IReadOnlyList<EvidenceFile> List() => ListFiles(_path);

    public void Dispose() => _lock.Dispose();

    internal static IReadOnlyList<EvidenceFile> ListFiles(string path) =>
    [
        .. Directory.EnumerateFiles(path)
            .Where(file => EvidenceFileName.TryParse(System.IO.Path.GetFileName(file), out _))
            .Select(file => new EvidenceFile(System.IO.Path.GetFileName(file), () => OpenToRead(file))),
    ];

    private static FileStream OpenToRead(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static FileStreamOptions With600(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return options;
    }

    private RecordFile Open(string name, FileMode mode, long length)
    {
        var path = System.IO.Path.Combine(_path, name);
        if (mode == FileMode.CreateNew)
        {
            new FileStream(path, With600(new FileStreamOptions { Mode = mode, Access = FileAccess.Write })).Dispose();
            _keepNames(_path);
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(handle) > length)
        {
            RandomAccess.SetLength(handle, length);
        }

        return new RecordFile(handle, length);
    }
}
