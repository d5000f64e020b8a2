namespace Postern.Sandbox.Kernel;

/// <summary>Error numbers of Linux that are answered or read here; the same on every architecture that is supported.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Access = 13;
    public const int BadAddress = 14;
    public const int Exists = 17;
    public const int OtherDevice = 18;
    public const int NotDirectory = 20;
    public const int NoSuchCall = 38;
    public const int NoSuchFamily = 97;
}
