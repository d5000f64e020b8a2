namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>
/// Keeps the pins between runs. Any failure is an <see cref="IOException"/>, an <see cref="UnauthorizedAccessException"/> or an
/// <see cref="InvalidDataException"/>, and refuses the list that needed the pins. Thread-safe.
/// </summary>
public interface IPinStore
{
    /// <summary>The pins of a server; none for one that was never seen.</summary>
    ServerPins Load(string server);

    /// <summary>The pins of every server.</summary>
    IReadOnlyList<ServerPins> LoadAll();

    /// <summary>Changes the pins of a server in one step, whoever else does the same. A server without pins is forgotten.</summary>
    void Update(string server, Func<ServerPins, ServerPins> change);
}
