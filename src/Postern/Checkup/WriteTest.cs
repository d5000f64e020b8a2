namespace Postern.Program.Checkup;

/// <summary>Finds out by doing it whether a directory can be written to.</summary>
internal static class WriteTest
{
    public static bool IsWritable(string directory)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(directory, $".postern-doctor-{Environment.ProcessId}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
