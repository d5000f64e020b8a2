namespace Postern.Transports.Http;

/// <summary>Breaks off an upload whose next piece was refused.</summary>
internal sealed class UploadRefusedException() : IOException("The upload was refused.");
