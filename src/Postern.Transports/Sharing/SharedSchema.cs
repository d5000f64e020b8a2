namespace Postern.Transports.Sharing;

/// <summary>The tables, by version; each entry leads from the version before. Plain SQL, no functions of the server's own.</summary>
internal static class SharedSchema
{
    /// <summary>Serialises the instances that begin at the same time; any number will do, as long as it stays.</summary>
    public const string Lock = "select pg_advisory_xact_lock(7206414801)";

    public const string Begin = "create table if not exists postern_schema (version int primary key, key_check bytea not null)";

    public static readonly string[] Migrations =
    [
        """
        create table postern_session (actor text primary key, version bigint not null, used_at timestamptz not null default now());
        create table postern_state (actor text not null, monitor int not null, subject bytea not null, body bytea not null,
            must_keep boolean not null, used_at timestamptz not null default now(), primary key (actor, monitor, subject));
        create table postern_halt (actor text primary key, by_whom text not null, since timestamptz not null default now())
        """,
    ];
}
