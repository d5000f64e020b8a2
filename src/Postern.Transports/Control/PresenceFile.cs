namespace Postern.Transports.Control;

/// <summary>A file that means something by being there. One whose existence cannot be determined is there.</summary>
/// <param name="path">Where; empty for a file that is never there.</param>
public sealed class PresenceFile(string path)
{
    // Asking a FileInfo again costs one call of the system and no exception for a file that is not there.
    private readonly FileInfo? _file = path.Length == 0 ? null : new FileInfo(path);

    /// <summary>True when there is a place to look.</summary>
    public bool IsNamed => _file is not null;

    /// <summary>Looks. One caller at a time.</summary>
    public bool IsPresent()
    {
        try
        {
            _file?.Refresh();
            return _file is not null && (int)_file.Attributes != -1;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Puts the file there, readable by its owner, or takes it away.</summary>
    /// <exception cref="IOException">That failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of rights.</exception>
    public void Set(bool isPresent)
    {
        if (_file is null)
        {
            return;
        }

        if (!isPresent)
        {
            _file.Delete();
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var made = new FileStream(_file.FullName, options);
    }
}
