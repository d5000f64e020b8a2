using System.Text.Json;

namespace Postern.Program.Abom;

/// <summary>Finds the files of a project that say what its agents use, and reads them. What cannot be read is named, not skipped in silence.</summary>
internal sealed class DeclaredFiles(BillOfMaterials bom, string root)
{
    private const int MaxDepth = 8;
    private const int MaxDirectories = 20_000;
    private const int MaxFileBytes = 64 * 1024 * 1024;

    // What packages bring along is declared by the lock file above them.
    private static readonly HashSet<string> s_passedOver = new(StringComparer.Ordinal) { ".git", "node_modules", "bin", "obj", ".venv", "venv", "target", "vendor", "dist" };

    private static readonly string[] s_serverFiles = [".mcp.json", "mcp.json", "mcp_config.json", "claude_desktop_config.json", "cline_mcp_settings.json", ".claude.json", "settings.json", "settings.local.json"];

    private int _directories;

    /// <summary>Reads everything below the root.</summary>
    public void Read() => Read(root, 0);

    private void Read(string directory, int depth)
    {
        if (depth > MaxDepth || ++_directories > MaxDirectories)
        {
            bom.Unread.Add(Shown(directory) + "/");
            return;
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
            {
                TryRead(file);
            }

            foreach (var below in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
            {
                if (!s_passedOver.Contains(Path.GetFileName(below)) && File.ResolveLinkTarget(below, returnFinalTarget: false) is null)
                {
                    Read(below, depth + 1);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bom.Unread.Add(Shown(directory) + "/");
        }
    }

    private void TryRead(string path)
    {
        if (ReaderOf(Path.GetFileName(path), path) is not { } read)
        {
            return;
        }

        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                bom.Unread.Add(Shown(path));
                return;
            }

            read(File.ReadAllText(path), Shown(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ConfigException)
        {
            bom.Unread.Add(Shown(path));
        }
    }

    private Action<string, string>? ReaderOf(string name, string path) => name switch
    {
        _ when Array.IndexOf(s_serverFiles, name) >= 0 => new ServerFile(bom).Read,
        ConfigFile.DefaultName => (_, shown) => DeclaredHosts.Read(bom, path, shown),
        _ => PackageFiles.ReaderOf(name, bom, File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "package-lock.json"))),
    };

    private string Shown(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
