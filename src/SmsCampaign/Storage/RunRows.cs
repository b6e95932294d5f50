using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SmsCampaign.Storage;

/// <summary>The rows of run_info as they stand, by name. One that cannot be read is named, with what it
/// should have said.</summary>
/// <param name="file">The ledger, for what is said of it.</param>
sealed class RunRows(string file, IReadOnlyDictionary<string, string> rows)
{
    const string Table = "run_info";

    /// <returns>Null where there is no such row; so are the others.</returns>
    public string? Text(string name) => rows.GetValueOrDefault(name);

    /// <summary>1 is true, 0 is false.</summary>
    public bool? Flag(string name) => Value(
        name,
        text => text switch { "1" => true, "0" => false, _ => throw new FormatException() },
        new("0 hoặc 1", "0 or 1"));

    public int? Number(string name) =>
        Value(
            name,
            text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
            new("số nguyên", "whole number"));

    public DateOnly? Date(string name) =>
        Value(name, SqlTime.DateFromSql, new("ngày (dạng đúng: 2025-07-30)", "date (expected one as 2025-07-30)"));

    public DateTimeOffset? Moment(string name) =>
        Text(name) is { } text ? SqlTime.FromSql(text, Table, name, file) : null;

    public T? Json<T>(string name, JsonTypeInfo<T> type)
        where T : class => Text(name) is { } text
            ? Parse(name, text, json => JsonSerializer.Deserialize(json, type), new(
                "JSON của chương trình", "JSON of this program"))
            : null;

    /// <param name="parse">Throws <see cref="FormatException"/> where it cannot.</param>
    /// <param name="expected">What it should have said.</param>
    public T? Value<T>(string name, Func<string, T> parse, Wording expected)
        where T : struct => Text(name) is { } text ? Parse(name, text, parse, expected) : null;

    public RunKey? Key(string name) => Text(name) is { } text ? Parse(name, text, RunKey.Parse, RunKey.Expected) : null;

    /// <summary>What stands behind the prefix, of all rows that have it.</summary>
    public IReadOnlyDictionary<string, string> StartingWith(string prefix) => rows
        .Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(row => row.Key[prefix.Length..], row => row.Value, StringComparer.Ordinal);

    /// <summary>To be thrown where a run cannot be without the row.</summary>
    public LedgerRowException Lacks(string name) => LedgerRowException.Lacking(Table, name, file);

    T Parse<T>(string name, string text, Func<string, T?> parse, Wording expected)
    {
        try
        {
            return parse(text) ?? throw Unreadable();
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or JsonException)
        {
            throw Unreadable();
        }

        LedgerRowException Unreadable() => LedgerRowException.Of(Table, name, text, expected, file);
    }
}
