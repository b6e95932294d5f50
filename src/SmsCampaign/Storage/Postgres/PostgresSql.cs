using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// Says in PostgreSQL's words what is said in SQLite's, where these differ: places of values, types of a table made in
/// between, joins in a given order, the larger of two, and JSON; and says in which schema the tables are. What else the
/// tables' SQL asks for are functions of the installation's schema (Migrations/Postgres/functions.sql).
/// </summary>
sealed partial class PostgresSql
{
    static readonly Regex Tables = new(
        $@"(?<=\b(?:from|join|into|update)\s+)(?:{string.Join('|', PostgresMigrations.Tables)}|receipt_\d{{4}}_\d{{2}})\b(?!\s*\.)",
        RegexOptions.Compiled);

    static readonly ConcurrentDictionary<PostgresTables, PostgresSql> All = [];

    readonly ConcurrentDictionary<string, string> _known = [];
    readonly string _tables;
    readonly string _functions;

    PostgresSql(PostgresTables at) =>
        (_tables, _functions) = (PostgresNames.Quote(at.Schema), PostgresNames.Quote(at.Place.Schema));

    /// <summary>For the tables of a schema.</summary>
    public static PostgresSql For(PostgresTables at) => All.GetOrAdd(at, tables => new PostgresSql(tables));

    /// <summary>The statement as PostgreSQL takes it, its values $1, $2 …</summary>
    public string Of(string sql) => _known.GetOrAdd(sql, Translate);

    /// <summary>Whether a statement gives rows.</summary>
    public static bool GivesRows(string sql) => Rows().IsMatch(sql);

    string Translate(string sql)
    {
        var text = WithPlaces(sql);
        text = Cross().Replace(text, "join");
        if (MadeTable().IsMatch(text))
            text = IntegerType().Replace(text, "bigint");
        text = WithLargest(WithArrays(text));
        text = Functions().Replace(text, $"{_functions}.$0");
        return Tables.Replace(text, $"{_tables}.$0");
    }

    /// <summary>max(a, b) as greatest(a, b), min(a, b) as least(a, b): neither is given nothing.</summary>
    static string WithLargest(string sql) => Extremes().Replace(sql, of =>
    {
        var depth = 0;
        for (var at = of.Index + of.Length - 1; at < sql.Length; at++)
        {
            depth += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
            if (depth == 0)
                break;
            if (depth == 1 && sql[at] == ',')
                return of.Groups[1].Value == "max" ? "greatest(" : "least(";
        }

        return of.Value;
    });

    /// <summary>? as $1, $2 …; ?2 as $2. What stands in quotes stays.</summary>
    static string WithPlaces(string sql)
    {
        var text = new StringBuilder(sql.Length + 16);
        var (isQuoted, next) = (false, 0);
        for (var at = 0; at < sql.Length; at++)
        {
            isQuoted ^= sql[at] == '\'';
            if (sql[at] != '?' || isQuoted)
            {
                text.Append(sql[at]);
                continue;
            }

            var end = at + 1;
            while (end < sql.Length && char.IsAsciiDigit(sql[end]))
                end++;
            text.Append('$').Append(end > at + 1
                ? sql[(at + 1)..end]
                : (++next).ToString(CultureInfo.InvariantCulture));
            at = end - 1;
        }

        return text.ToString();
    }

    /// <summary>json_array(a, b) as SQLite writes it: no space in between.</summary>
    static string WithArrays(string sql)
    {
        const string call = "json_array(";
        for (var at = sql.IndexOf(call, StringComparison.Ordinal); at >= 0;
             at = sql.IndexOf(call, StringComparison.Ordinal))
        {
            var (depth, end) = (1, at + call.Length);
            for (; depth > 0; end++)
                depth += sql[end] == '(' ? 1 : sql[end] == ')' ? -1 : 0;
            var items = sql[(at + call.Length)..(end - 1)].Split(',').Select(item => $"as_json({item.Trim()})");
            sql = $"{sql[..at]}('[' || {string.Join(" || ',' || ", items)} || ']'){sql[end..]}";
        }

        return sql;
    }

    [GeneratedRegex(@"\b(max|min)\(")]
    private static partial Regex Extremes();

    [GeneratedRegex(@"\b(?:instr|as_json|json_extract|json_valid)(?=\()")]
    private static partial Regex Functions();

    [GeneratedRegex(@"\bcross\s+join\b")]
    private static partial Regex Cross();

    [GeneratedRegex(@"^\s*create\s+temp\s+table\b")]
    private static partial Regex MadeTable();

    [GeneratedRegex(@"\binteger\b")]
    private static partial Regex IntegerType();

    [GeneratedRegex(@"^\s*(/\*.*\*/\s*)?(select|with|values|fetch)\b|\breturning\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Rows();
}
