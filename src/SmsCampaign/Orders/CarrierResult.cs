using System.Text.Json;

namespace SmsCampaign.Orders;

/// <summary>
/// What a carrier says it has sent, as it says it: counted claims, never rows of ours. Figures are subscribers but
/// where they say otherwise; null is what it does not say.
/// </summary>
public sealed record CarrierResult
{
    /// <summary>The form below.</summary>
    public const string Form = "result/1";

    public string Schema { get; init; } = Form;

    /// <summary>Mã lệnh, as the file has it; null where it does not name one.</summary>
    public string? OrderId { get; init; }

    public int? Revision { get; init; }

    /// <summary>What it says it sent; null where it does not say.</summary>
    public string? Text { get; init; }

    /// <summary>As the file has it.</summary>
    public string? TextSha256 { get; init; }
    public string? Sender { get; init; }

    /// <summary>Mức xác nhận, in its words.</summary>
    public string? Trust { get; init; }

    /// <summary>Messages a second, in its words.</summary>
    public string? Rate { get; init; }

    /// <summary>Whether it counted or estimated, in its words.</summary>
    public string? Counting { get; init; }

    /// <summary>An area and class each.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Its own sum; null where it has none.</summary>
    public ResultRow? Total { get; init; }

    public IReadOnlyList<ResultHour> Hours { get; init; } = [];

    public IReadOnlyList<ResultFailure> Failures { get; init; } = [];

    /// <summary>What its list of numbers comes to; null where it brings none.</summary>
    public ResultNumbers? Numbers { get; init; }

    /// <summary>What a column comes to: the sum of its rows. Null where a row does not say it: the rest would be taken
    /// for the whole.</summary>
    public long? Sum(Func<ResultRow, long?> figure) =>
        Rows.All(row => figure(row) is not null) ? Rows.Sum(row => figure(row)!.Value) : null;

    public string ToJson() => JsonSerializer.Serialize(this, OrderJson.Kept);

    /// <returns>Null where it is no such report.</returns>
    public static CarrierResult? TryParse(string json) =>
        OrderJson.TryRead<CarrierResult>(json, OrderJson.Kept, out var result)
        && result.Schema == Form
        && result.Rows.All(IsSound)
        && (result.Total is null || IsSound(result.Total))
        && result.Hours.All(hour => hour is { Sent: >= 0 and <= ResultCells.Most, Hour: >= 0 and <= 23 })
        && result.Failures.All(failure => failure is { Count: >= 0 and <= ResultCells.Most })
            ? result
            : null;

    /// <summary>Whether its figures are such as are read from a file: their sums do not overflow.</summary>
    static bool IsSound(ResultRow? row) => row is { Area: not null }
        && new[]
        {
            row.InScope, row.Excluded, row.NotSent, row.Sent, row.Succeeded, row.Failed, row.Unknown, row.Parts,
        }.All(figure => figure is null or (>= 0 and <= ResultCells.Most));
}

/// <param name="Line">Row of the sheet or line of the file.</param>
public sealed record ResultRow(int Line, string Area, string? Subscribers)
{
    /// <summary>Area of a list that names none.</summary>
    public const string Everywhere = "(cả danh sách)";

    /// <summary>Area of rows that leave it open where others do not.</summary>
    public const string Nowhere = "(không ghi địa bàn)";

    public long? InScope { get; init; }

    public long? Excluded { get; init; }

    public long? NotSent { get; init; }

    public long? Sent { get; init; }

    public long? Succeeded { get; init; }

    public long? Failed { get; init; }

    public long? Unknown { get; init; }

    /// <summary>Bản tin quy đổi.</summary>
    public long? Parts { get; init; }

    /// <summary>0 to 1, as it was written.</summary>
    public decimal? Share { get; init; }

    /// <summary>Local time, as it was written.</summary>
    public DateTime? Begin { get; init; }

    public DateTime? End { get; init; }

    public string? Note { get; init; }
}

/// <param name="Hour">0 to 23, local time.</param>
public sealed record ResultHour(int Line, DateOnly Date, int Hour, long Sent, long? Succeeded);

public sealed record ResultFailure(int Line, string Name, long Count);
