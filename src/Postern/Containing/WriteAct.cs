using System.Text;

namespace Postern.Program.Containing;

/// <summary>Writes a file that is not there yet. What somebody else put in its place stays, and that is a fault.</summary>
internal sealed record WriteAct(string Path, string Text, UnixFileMode Mode) : Act
{
    /// <summary>Everybody reads it, only root writes it.</summary>
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The same for a program.</summary>
    public const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public override string Line => $"install -D -m {Convert.ToString((int)Mode, 8)} /dev/stdin {Quoted(Path)} <<'END-OF-FILE'\n{Text}END-OF-FILE";

    /// <inheritdoc/>
    public override string? Fault()
    {
        if (OperatingSystem.IsWindows())
        {
            return "not on Windows";
        }

        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var stream = new FileStream(Path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserWrite });
            var fault = Fill(stream);
            if (fault is null)
            {
                // Only now, and whatever the umask: half a file is nobody's to read.
                File.SetUnixFileMode(stream.SafeFileHandle, Mode);
            }

            return fault;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return System.IO.Path.Exists(Path) ? $"{Path} exists already and is not what it would be" : e.Message;
        }
    }

    /// <summary>Whether the file is there as it would be written.</summary>
    public bool IsThere() => !OperatingSystem.IsWindows() && File.Exists(Path) && File.GetUnixFileMode(Path) == Mode && File.ReadAllText(Path) == Text;

    private string? Fill(FileStream stream)
    {
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(Text));
            stream.Flush(flushToDisk: true);
            return null;
        }
        catch (IOException full)
        {
            File.Delete(Path);
            return full.Message;
        }
    }
}
