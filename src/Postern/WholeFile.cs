namespace Postern.Program;

/// <summary>Replaces files whole: readers find the old one or the new one, never half of either.</summary>
internal static class WholeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file that only its owner reads.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, OwnerOnly);

    /// <summary>
    /// Puts other bytes in the place of what was read, with the mode that the file has; a link stays, and its target is replaced.
    /// </summary>
    /// <param name="path">The file; it may be missing.</param>
    /// <param name="before">What was read of it; null when it was missing.</param>
    /// <param name="bytes">What is to stand there.</param>
    /// <exception cref="IOException">It has changed since it was read, or is no ordinary file.</exception>
    public static void Replace(string path, byte[]? before, ReadOnlySpan<byte> bytes)
    {
        var target = Target(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!Same(before, Read(target)))
        {
            throw new IOException($"{path} has changed in the meantime; nothing was written");
        }

        Write(target, bytes, before is null || OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(target));
    }

    /// <summary>Deletes a file that still is what was read of it.</summary>
    /// <exception cref="IOException">It has changed since.</exception>
    public static void Delete(string path, byte[] before)
    {
        if (!Same(before, Read(path)))
        {
            throw new IOException($"{path} has changed in the meantime; it was not deleted");
        }

        File.Delete(path);
    }

    /// <summary>A file's bytes; null when it is missing.</summary>
    public static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static string Target(string path)
    {
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        return Directory.Exists(target) || (File.Exists(target) && (File.GetAttributes(target) & FileAttributes.Device) != 0)
            ? throw new IOException($"{path} is no ordinary file")
            : target;
    }

    private static bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        // Never through a file or link that somebody else put there.
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
        {
            // The umask may have taken some of it away.
            File.SetUnixFileMode(fresh, mode);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
