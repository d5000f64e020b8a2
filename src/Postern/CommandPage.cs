namespace Postern.Program;

/// <summary>The page that <c>postern</c> alone prints.</summary>
internal static class CommandPage
{
    public static void Write(TextWriter to)
    {
        to.WriteLine("Postern, an agent firewall: it inspects what agents send and receive, decides, and keeps signed evidence.");
        to.WriteLine();
        to.WriteLine("Usage: postern COMMAND [options]");
        to.WriteLine();
        foreach (var entry in CommandTable.All)
        {
            to.WriteLine($"  {entry.Name,-12} {entry.Summary}");
        }

        to.WriteLine();
        to.WriteLine("'postern COMMAND --help' says more. Without configuration, 'postern run' listens on 127.0.0.1:8888.");
    }
}
