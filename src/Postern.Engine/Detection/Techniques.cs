namespace Postern.Engine.Detection;

/// <summary>
/// Which techniques of MITRE ATT&amp;CK (<c>T…</c>) and MITRE ATLAS (<c>AML.T…</c>) a finding points to, by the id of its rule. The one table
/// of them: the longest beginning that fits wins, so a new rule has techniques as soon as it has a category.
/// </summary>
public static class Techniques
{
    private static readonly (string Prefix, string[] Ids)[] s_table =
    [
        ("secret.", ["T1552", "T1567", "AML.T0055", "AML.T0057"]),
        ("secret.aws.", ["T1552", "T1528", "T1567", "AML.T0055"]),
        ("secret.azure.", ["T1552", "T1528", "T1567", "AML.T0055"]),
        ("secret.google.", ["T1552", "T1528", "T1567", "AML.T0055"]),
        ("secret.file.", ["T1552.001", "T1005", "T1567", "AML.T0025"]),
        ("secret.pem.", ["T1552.004", "T1567", "AML.T0055"]),
        ("secret.session.", ["T1539", "T1567", "AML.T0055"]),
        ("secret.pii.", ["T1005", "T1567", "AML.T0057"]),
        ("secret.crypto.", ["T1552.004", "T1567", "AML.T0048"]),
        ("secret.split-over-messages", ["T1030", "T1567", "AML.T0025"]),
        ("secret.entropy-budget", ["T1030", "T1048", "AML.T0025"]),
        ("injection.", ["T1659", "AML.T0051.001"]),
        ("injection.override", ["T1659", "AML.T0051.001", "AML.T0054"]),
        ("injection.action", ["T1659", "AML.T0051.001", "AML.T0053"]),
        ("injection.boundary", ["T1659", "AML.T0051.001", "AML.T0068"]),
        ("destination.", ["T1071.001", "AML.T0025"]),
        ("destination.internal-address", ["T1046", "T1090"]),
        ("destination.allowlisted-internal", ["T1046", "T1090"]),
        ("destination.metadata-address", ["T1552.005"]),
        ("destination.entropy", ["T1048", "T1132", "AML.T0025"]),
        ("destination.url-too-long", ["T1048", "AML.T0025"]),
        ("destination.data-budget", ["T1030", "AML.T0025"]),
        ("destination.rate", ["T1030", "T1499", "AML.T0029"]),
        ("destination.path-traversal", ["T1083"]),
        ("destination.crlf", ["T1190"]),
        ("destination.malformed", ["T1190"]),
        ("destination.userinfo", ["T1036"]),
        ("destination.address", ["T1565.002", "AML.T0048"]),
        ("protocol.", ["T1190", "T1001"]),
        ("protocol.server-name-mismatch", ["T1090.004"]),
        ("protocol.authority-mismatch", ["T1090.004"]),
        ("protocol.tunnel-without-tls", ["T1572"]),
        ("protocol.unasked-reply", ["T1659"]),
        ("protocol.foreign-origin", ["T1189"]),
        ("uninspectable.", ["T1027"]),
        ("uninspectable.decompression-bomb", ["T1499"]),
        ("uninspectable.match-flood", ["T1499"]),
        ("budget.", ["T1499"]),
        ("media.", ["T1027", "T1036.008"]),
        ("media.metadata", ["T1027.003"]),
        ("media.polyglot", ["T1027", "T1036.008"]),
        ("media.svg-active", ["T1059.007"]),
        ("media.page-rewritten", ["T1564", "AML.T0051.001"]),
        ("tool.", ["AML.T0053"]),
        ("tool.command.", ["T1059", "AML.T0050", "AML.T0053"]),
        ("tool.file.", ["T1083", "T1005", "AML.T0053"]),
        ("tool.network.", ["T1105", "T1048", "AML.T0086"]),
        ("tool.supply.", ["T1195.001", "T1195.002", "AML.T0010"]),
        ("tool.poisoning.", ["T1195.002", "AML.T0010", "AML.T0051.001"]),
        ("tool.definition.", ["T1195.002", "T1036", "AML.T0010"]),
        ("tool.a2a.", ["T1036", "AML.T0080"]),
        ("session.", ["AML.T0053"]),
        ("session.chain.", ["T1059", "AML.T0053", "AML.T0086"]),
        ("session.flow.", ["T1020", "T1567", "AML.T0086"]),
        ("session.taint.", ["AML.T0051.001", "AML.T0080"]),
        ("session.budget.", ["T1496", "AML.T0034"]),
        ("session.baseline.", ["T1078", "AML.T0053"]),

        // What Postern says of itself is nobody's technique.
        ("operation.", []),
    ];

    /// <summary>The techniques of a rule, the closest first; empty for a rule that guards Postern's own work and for an id of no known category.</summary>
    public static IReadOnlyList<string> Of(string ruleId)
    {
        ArgumentNullException.ThrowIfNull(ruleId);
        (string Prefix, string[] Ids) best = (string.Empty, []);
        foreach (var row in s_table)
        {
            if (row.Prefix.Length > best.Prefix.Length && ruleId.StartsWith(row.Prefix, StringComparison.Ordinal))
            {
                best = row;
            }
        }

        return best.Ids;
    }
}
