namespace Postern.Program.Containing;

/// <summary>Asks whether a file is as it was written.</summary>
internal sealed record SameAct(WriteAct File) : Act
{
    /// <inheritdoc/>
    public override string Line => "test -f " + Quoted(File.Path);

    /// <inheritdoc/>
    public override string? Fault() => File.IsThere() ? null : $"{File.Path} is missing or was changed";
}
