namespace Postern.Transports.Telemetry.Emit;

/// <summary>Remembers beside the evidence how far a sink was told of it, over restarts.</summary>
/// <param name="directory">Where the evidence is.</param>
/// <param name="sink">The name of the sink.</param>
internal sealed class MarkFile(string directory, string sink)
{
    private readonly string _path = Path.Combine(directory, "emit-" + sink + ".mark");

    /// <summary>The mark; null when there never was one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public TrailMark? Read() => File.Exists(_path) ? TrailMark.Parse(File.ReadAllText(_path)) : null;

    /// <summary>Puts a mark in the place of the one before, in one step.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(TrailMark mark)
    {
        File.WriteAllText(_path + ".new", mark.ToString() + "\n");
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
