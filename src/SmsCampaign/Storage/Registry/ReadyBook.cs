using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmsCampaign.Storage.Registry;

/// <summary>What the worker found before openings, kept among the recorded events: known over restarts, shown by
/// others, and borne out by the audit chain.</summary>
/// <remarks>The detail of such an event is the run's key, the opening, the stage, the moment and the light, each
/// followed by a space, then JSON of the rest. Stored: never change what stands before the JSON.</remarks>
public sealed class ReadyBook(IRecords records)
{
    /// <summary>Kind of the event. Stored: never rename.</summary>
    const string Kind = "ready";

    public void Keep(ReadyLook look)
    {
        var rest = JsonSerializer.Serialize(
            new KeptReady(look.Process, [.. look.Lines.Select(KeptReadyLine.Of)]), KeptReadyJson.Default.KeptReady);
        records.RecordEvent(
            "worker",
            Kind,
            $"{BeginningOf(look.Run, look.Opens)}{NameOf(look.Stage)} {look.At.ToSql()} {NameOf(look.Light)} {rest}",
            look.At);
    }

    /// <summary>The latest look at a run's readiness.</summary>
    /// <param name="opens">Of this opening alone; null: of any.</param>
    /// <returns>Null where nobody has looked, or what is kept of it cannot be read: then nothing is known.</returns>
    public ReadyLook? FindLast(RunKey run, DateTimeOffset? opens = null) =>
        records.FindLastEvent([Kind], opens is { } opening ? BeginningOf(run, opening) : $"{run} ") is { } detail
            ? Read(run, detail)
            : null;

    /// <summary>Whether an opening was looked at for that reason.</summary>
    public bool Has(RunKey run, DateTimeOffset opens, ReadyStage stage) =>
        records.FindLastEvent([Kind], $"{BeginningOf(run, opens)}{NameOf(stage)} ") is not null;

    static string BeginningOf(RunKey run, DateTimeOffset opens) => $"{run} {opens.ToSql()} ";

    static ReadyLook? Read(RunKey run, string detail)
    {
        try
        {
            return detail.Split(' ', 6) is [_, var opens, var stage, var at, _, var json]
                && Enum.TryParse<ReadyStage>(stage, ignoreCase: true, out var why)
                && JsonSerializer.Deserialize(json, KeptReadyJson.Default.KeptReady) is { Lines.Length: > 0 } kept
                    ? new ReadyLook(
                        run,
                        SqlTime.FromSql(opens, "event", run.ToString()),
                        why,
                        SqlTime.FromSql(at, "event", run.ToString()),
                        kept.Process,
                        [.. kept.Lines.Select(line => line.ToLine())])
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or LedgerRowException)
        {
            return null;
        }
    }

    internal static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>What is kept of a look beside what its event begins with.</summary>
sealed record KeptReady(string Process, KeptReadyLine[] Lines);

/// <summary>A line as it is kept.</summary>
sealed record KeptReadyLine(
    string Check, string? Subject, string Light, string Vi, string En, string? ToDoVi, string? ToDoEn)
{
    public static KeptReadyLine Of(ReadyLine line) => new(
        line.Check,
        line.Subject,
        ReadyBook.NameOf(line.Light),
        line.Found.Vi,
        line.Found.En,
        line.ToDo?.Vi,
        line.ToDo?.En);

    /// <summary>Of a light that nobody knows nothing is known to be well.</summary>
    public ReadyLine ToLine() => new(
        Check,
        Subject,
        Enum.TryParse<ReadyLight>(Light, ignoreCase: true, out var light) ? light : ReadyLight.Amber,
        new Wording(Vi, En),
        ToDoVi is null ? null : new Wording(ToDoVi, ToDoEn ?? ToDoVi));
}

[JsonSerializable(typeof(KeptReady))]
sealed partial class KeptReadyJson : JsonSerializerContext;
