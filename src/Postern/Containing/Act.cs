namespace Postern.Program.Containing;

/// <summary>One thing done to the machine, or asked of it.</summary>
internal abstract record Act
{
    /// <summary>The same as a line for a shell.</summary>
    public abstract string Line { get; }

    /// <summary>Does it; null when it went well, else what did not.</summary>
    public abstract string? Fault();

    /// <summary>A word as a shell takes it for itself.</summary>
    protected static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "/._-=:,+@%".Contains(c, StringComparison.Ordinal)) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
