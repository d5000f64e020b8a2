using Postern.Engine.Detection.Tools.Definitions;

namespace Postern.Engine.Tests.Inspection;

/// <summary>A store that fails at every change, and at every look too unless it is told to read.</summary>
internal sealed class BrokenPins : IPinStore
{
    public bool Reads { get; init; }

    public ServerPins Load(string server) => Reads ? new ServerPins(server, []) : throw new InvalidDataException("broken");

    public IReadOnlyList<ServerPins> LoadAll() => Reads ? [] : throw new InvalidDataException("broken");

    public void Update(string server, Func<ServerPins, ServerPins> change) => throw new InvalidDataException("broken");
}
