namespace Postern.Program.Containing;

/// <summary>Removes a file that still is as it was written; one that somebody edited stays.</summary>
internal sealed record RemoveAct(WriteAct File) : Act
{
    /// <inheritdoc/>
    public override string Line => "rm -f " + Quoted(File.Path);

    /// <inheritdoc/>
    public override string? Fault()
    {
        if (!File.IsThere())
        {
            return System.IO.Path.Exists(File.Path) ? $"{File.Path} was changed and is kept" : null;
        }

        System.IO.File.Delete(File.Path);
        return null;
    }
}
