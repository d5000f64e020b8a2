namespace Postern.Needs;

/// <summary>A file with one rule of the operator's own.</summary>
internal static class AcmeRules
{
    public const string Text = """
        family: acme
        category: secret
        rules:
          - id: acme.deploy-token
            title: Acme deploy token
            severity: high
            confidence: high
            remedy: Revoke it.
            shape:
              match: '"acme_" base62{20}'
            examples:
              - ['acme', '_Zk81mQx7Lw0PbN4vTr9c']
            counter_examples:
              - ['acme', '_short']

        """;
}
