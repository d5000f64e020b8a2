namespace Postern.Transports.Http;

/// <summary>The client of one exchange: the way to it, and the words in which it hears a refusal.</summary>
/// <param name="Release">The way.</param>
/// <param name="Shape">The words.</param>
internal readonly record struct ClientEnd(IClientRelease Release, IRefusalShape Shape);
