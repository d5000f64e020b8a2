namespace Postern.Transports.Http;

/// <summary>An upstream began to answer and then said nothing for longer than it may.</summary>
internal sealed class UpstreamSilentException() : IOException("The upstream stopped in the middle of its response.");
