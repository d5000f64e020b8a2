namespace Postern.Program.Hosts;

/// <summary>What is to become of one file of a host.</summary>
/// <param name="Path">The file.</param>
/// <param name="Before">What stands there; null when it is missing.</param>
/// <param name="After">What is to stand there; null when it is to be missing.</param>
internal sealed record HostFilePlan(string Path, byte[]? Before, byte[]? After)
{
    /// <summary>What is to be remembered; null when nothing of ours stays.</summary>
    public Integration? Integration { get; init; }

    /// <summary>The servers as they are afterwards.</summary>
    public IReadOnlyList<ServerReport> Servers { get; init; } = [];

    /// <summary>Whether Postern's hooks are there afterwards; null for a file without hooks.</summary>
    public bool? HasHooks { get; init; }

    /// <summary>Why it is left alone; empty when it is not.</summary>
    public string Fault { get; init; } = "";

    /// <summary>True when something changes.</summary>
    public bool Changes => Fault.Length == 0 && !(Before is null ? After is null : After is not null && Before.AsSpan().SequenceEqual(After));

    /// <summary>True when nothing of this file goes around Postern.</summary>
    public bool IsProtected => Fault.Length == 0 && HasHooks != false && Servers.All(static server => server.State == ServerState.Protected);

    /// <summary>Carries it out.</summary>
    /// <exception cref="IOException">The file has changed in the meantime, or cannot be written.</exception>
    public void Apply(IntegrationFiles files)
    {
        // What undoes it is on the disk before anything is done.
        if (Integration is not null)
        {
            files.Save(Integration);
        }

        if (Changes && After is not null)
        {
            WholeFile.Replace(Path, Before, After);
        }
        else if (Changes)
        {
            WholeFile.Delete(Path, Before!);
        }

        if (Integration is null && Fault.Length == 0)
        {
            files.Forget(Path);
        }
    }
}
