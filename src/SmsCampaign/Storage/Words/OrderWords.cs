using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>What persons have ordered of what is sent, for a person.</summary>
public static class OrderWords
{
    /// <summary>What an order is about, as part of a sentence.</summary>
    public static Wording Scope(StandingOrder order) => Scope(order.Run, order.Lane);

    /// <inheritdoc cref="Scope(StandingOrder)"/>
    public static Wording Scope(OrderScope scope) => Scope(scope.Run?.ToString(), scope.Lane);

    /// <summary>Who gave it, when and why: "từ 10:00 ngày 30/07/2025, Trần Thị B [an@may]: lý do".</summary>
    /// <param name="at">The moment it was given, as a person reads it; null where that is not known.</param>
    public static Wording Given(StandingOrder order, Wording? at)
    {
        var since = at ?? new Wording("không rõ lúc nào", "a moment that is not known");
        return new Wording(
            $"từ {since}, {order.Who.Person} [{order.Who.ByOs}]: {order.ShownReason}",
            $"since {since}, {order.Who.Person} [{order.Who.ByOs}]: {order.ShownReason}");
    }

    /// <summary>That ledger.db does not have an order, which stands all the same; null where it has it.</summary>
    public static Wording? OnlyMarked(StandingOrder order) =>
        order is not { IsOnlyMarked: true, Unreadable: null } ? null : order.IsForGood
        ? new(
            "Không có trong ledger.db (đã khôi phục bản cũ, hoặc dòng bị xóa hay sửa); vẫn có hiệu lực.",
            "Not in ledger.db (an older copy was put back, or its row was taken out or changed); it stands.")
        : new(
            "Không có trong ledger.db (đã khôi phục bản cũ, hoặc dòng bị xóa hay sửa); vẫn có hiệu lực cho tới khi có "
                + "người bỏ lệnh này.",
            "Not in ledger.db (an older copy was put back, or its row was taken out or changed); it stands until a "
                + "person lifts it.");

    /// <summary>What is to be typed to end it.</summary>
    public static Wording WayOn(StandingOrder order)
    {
        if (order.Kind == OrderKind.Rate)
        {
            var lane = TypedArgument.Of(order.Lane ?? "");
            return new Wording(
                $"Trở lại tốc độ hợp đồng: sms-campaign rate {lane} contract --by \"Họ tên\" --reason \"lý do\"",
                $"To go as contracted: sms-campaign rate {lane} contract --by NAME --reason TEXT");
        }

        return WayOn(order.Run, order.Lane);
    }

    /// <summary>What is to be typed to let go on what is paused or held.</summary>
    public static Wording WayOn(string? run, string? lane)
    {
        var command = $"sms-campaign resume{Arguments(run, lane)}";
        return new Wording(
            $"{command} --by \"Họ tên\" --reason \"lý do\"", $"{command} --by NAME --reason TEXT");
    }

    /// <summary>The arguments of a verb that name what it is about, each with a space before it.</summary>
    public static string Arguments(string? run, string? lane)
    {
        var of = run?.Split('/') is [var campaign, var date, ..]
            ? $" {TypedArgument.Of(campaign)} --date {TypedArgument.Of(date)}"
            : "";
        return of + (lane is null ? "" : $" --lane {TypedArgument.Of(lane)}");
    }

    static Wording Scope(string? run, string? lane)
    {
        var key = run is null ? null : KeyOf(run);
        var of = key is null
            ? new Wording($"lượt gửi {run}", $"the run {run}")
            : new Wording(
                $"lượt gửi {key.Campaign}, ngày {Figures.Date(key.Date)}",
                $"the run {key.Campaign} of {Figures.Date(key.Date)}");
        return (run, lane) switch
        {
            (null, null) => new("mọi lượt gửi", "every run"),
            (null, _) => new($"kênh gửi '{lane}' ở mọi lượt gửi", $"the lane '{lane}' of every run"),
            (_, null) => of,
            _ => new($"kênh gửi '{lane}' của {of}", $"the lane '{lane}' of {of}"),
        };
    }

    /// <summary>The key of the run that an order is about.</summary>
    /// <returns>Null where it is written as no program writes it.</returns>
    public static RunKey? KeyOf(string run)
    {
        try
        {
            return RunKey.Parse(run);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
