namespace Postern.Transports.Evidence;

/// <summary>Makes the files a recorder goes on to when one is full.</summary>
internal interface IRecordFolder : IDisposable
{
    /// <summary>Creates a file that does not exist yet.</summary>
    IRecordFile Create(string name);
}
