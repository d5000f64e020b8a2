namespace Postern.Engine.Capturing;

/// <summary>Nothing is captured.</summary>
internal sealed class NoCapture : ICapture
{
    /// <summary>The only one.</summary>
    public static NoCapture Instance { get; } = new();

    public CaptureTerms? Terms => null;

    public void Take(byte[] capture)
    {
    }
}
