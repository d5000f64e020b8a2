namespace Postern.Engine.Capturing;

/// <summary>
/// Takes copies of messages that were ruled on, for people with a key that this process does not have. Called after the record was kept
/// and before anything is released; it neither waits nor throws: what cannot be taken is counted.
/// </summary>
public interface ICapture
{
    /// <summary>What is wanted of a message; null when nothing is. Asked once.</summary>
    CaptureTerms? Terms { get; }

    /// <summary>Takes a copy, which is the taker's from then on. <see cref="Capture.Read"/> reads it.</summary>
    void Take(byte[] capture);
}
