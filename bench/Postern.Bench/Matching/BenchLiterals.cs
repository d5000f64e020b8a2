using System.Text;
using Postern.Engine.Detection.Matching;

namespace Postern.Bench.Matching;

/// <summary>A spread of literals like that of a rule catalogue: token prefixes, key words, phrases; 3 to 24 bytes.</summary>
internal static class BenchLiterals
{
    private static readonly string[] s_prefixes =
    [
        "AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xapp-", "sk-ant-", "sk-proj-", "sk_live_",
        "rk_live_", "whsec_", "AIza", "ya29.", "eyJ", "SG.", "npm_", "pypi-", "dckr_pat_", "hf_", "gsk_", "dop_v1_", "shpat_", "sntrys_",
        "-----BEGIN", "PRIVATE KEY", "LTAI", "AccountKey=", "mongodb://", "postgres://", "redis://", "xprv", "bc1q", "tfp_", "pul-",
    ];

    private static readonly string[] s_keywords =
    [
        "password", "passwd", "secret", "api_key", "apikey", "api-key", "access_token", "auth_token", "bearer ", "client_secret",
        "private_key", "credential", "authorization", "aws_secret", "connectionstring", "passphrase", "mnemonic", "seed phrase",
        "session_id", "iban", "cvv", "routing number", "encryption_key", "signing", "database_url", "webhook",
    ];

    private static readonly string[] s_verbs = ["ignore", "disregard", "forget", "override", "bypass", "reveal", "print", "repeat", "send", "act as"];
    private static readonly string[] s_objects = [" previous", " all ", " the above", " your instructions", " system prompt", " any rules", " earlier", " safety", " prior", " everything"];
    private static readonly string[] s_syllables = ["ac", "bo", "cir", "dat", "el", "fly", "gra", "hub", "in", "jam", "kit", "lo", "me", "no", "ox", "pay", "qu", "ra", "sto", "ta", "ur", "ver", "wo", "xi", "ya", "zen"];
    private static readonly string[] s_kinds = ["_", "-", "_live_", "_test_", "_sk_", "_pat_", "-api-", "key-", "_token", "_secret_", ".", "_v1_"];

    /// <summary>The first <paramref name="count"/> literals of the spread, always the same.</summary>
    public static Literal[] Spread(int count)
    {
        var random = new Random(42);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var literals = new List<Literal>();
        var phrases = s_verbs.SelectMany(verb => s_objects.Select(item => verb + item)).ToArray();
        Add(s_prefixes, count / 4, ignoreCase: false);
        Add(s_keywords, count / 6, ignoreCase: true);
        Add(phrases, count / 5, ignoreCase: true);
        while (literals.Count < count)
        {
            var made = random.Next(5) switch
            {
                0 => string.Concat(Enumerable.Range(0, 4).Select(_ => (char)('A' + random.Next(26)))),
                1 => Syllable() + Syllable() + Syllable(),
                _ => Syllable() + (random.Next(2) == 0 ? Syllable() : string.Empty) + s_kinds[random.Next(s_kinds.Length)],
            };
            Add([made], 1, ignoreCase: random.Next(3) == 0);
        }

        return [.. literals];

        string Syllable() => s_syllables[random.Next(s_syllables.Length)];

        void Add(string[] texts, int most, bool ignoreCase)
        {
            foreach (var text in texts.Take(most))
            {
                if (literals.Count < count && seen.Add(text))
                {
                    literals.Add(new Literal(literals.Count, Encoding.ASCII.GetBytes(text), ignoreCase));
                }
            }
        }
    }
}
