namespace Postern.Transports.Control.Approvals;

/// <summary>A terminal at which a person may sit.</summary>
/// <param name="Input">What is typed, line by line.</param>
/// <param name="Output">What is shown.</param>
public sealed record ApprovalTerminal(TextReader Input, TextWriter Output)
{
    /// <summary>Opens a terminal's device; null when the process has none.</summary>
    public static ApprovalTerminal? Open(string device)
    {
        try
        {
            var input = new StreamReader(new FileStream(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
            var output = new StreamWriter(new FileStream(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
            return new ApprovalTerminal(input, output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
