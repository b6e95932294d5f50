using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Orders;

/// <summary>What is to be asked of a carrier about its report: what may be right and does not look so. None of it keeps
/// the report from being taken.</summary>
static partial class ResultQuestions
{
    /// <summary>Round figures from which on it is asked, and of how many.</summary>
    const int FewestRound = 3;

    /// <summary>A figure is round that ends with so many zeros.</summary>
    const long Round = 1000;

    /// <summary>Areas from which on it is asked why they have the same figure.</summary>
    const int FewestSame = 3;

    /// <summary>Below it areas may well have the same.</summary>
    const long FewestRepeated = 100;

    /// <summary>Areas with several rows that are asked about.</summary>
    const int MostTwice = 10;

    /// <summary>How far a written share may be from the counted one.</summary>
    const decimal ShareSlip = 0.001m;

    /// <param name="stated">Messages a second that the carrier has stated; null where it has not.</param>
    public static IReadOnlyList<Wording> Find(CarrierResult result, WorkOrder order, int? stated) =>
    [
        .. FindMissing(result),
        .. FindTrust(result),
        .. FindShares(result),
        .. FindRate(result, stated),
        .. FindHours(result, order),
        .. result.Numbers is null ? FindRound(result) : [],
        .. result.Numbers is null ? FindRepeated(result) : [],
        .. FindTwice(result),
        .. AreaQuestions.Find(result, order.Audience),
        .. FindParts(result, order),
        .. FindOver(result, order),
        .. FindInList(result.Numbers),
    ];

    static IEnumerable<Wording> FindMissing(CarrierResult result)
    {
        if (result is { Text: null, TextSha256: null } || result.Sender is null)
        {
            yield return new Wording(
                "Báo cáo không ghi đủ nội dung (hoặc SHA-256) và tên định danh đã gửi; đề nghị xác nhận.",
                "The report does not say both the text (or its SHA-256) and the sender that were used; please "
                    + "confirm.");
        }

        foreach (var (name, of) in Columns.Where(column =>
            result.Sum(column.Of) is null && result.Rows.Any(row => column.Of(row) is not null)))
        {
            yield return new Wording(
                $"{name} chỉ ghi ở một số địa bàn; đề nghị ghi đủ, không có thì ghi 0.",
                $"{name} is given for some areas only; please fill in the others, 0 where there are none.");
        }

        if (result.Rows.All(row => row.Succeeded is null))
        {
            yield return new Wording(
                "Báo cáo không ghi số thuê bao nhận thành công; đề nghị bổ sung.",
                "The report does not say how many got it; please add that.");
        }

        if (result.Numbers is not null)
            yield break; // a list is counted

        if (result.Counting is null)
        {
            yield return new Wording(
                "Số liệu đếm từ hệ thống hay ước tính?", "Are the figures counted by the system or estimated?");
        }
        else if (CellsSay(result.Counting, "uoctinh"))
        {
            yield return new Wording(
                "Số liệu được ghi là ước tính; đề nghị cho biết số đếm từ hệ thống.",
                "The figures are said to be estimated; please give the system's count.");
        }
    }

    static readonly (Wording Name, Func<ResultRow, long?> Of)[] Columns =
    [
        (new("(1) Thuộc phạm vi", "(1) In scope"), row => row.InScope),
        (new("(2) Loại trừ", "(2) Excluded"), row => row.Excluded),
        (new("(3) Chưa gửi", "(3) Not sent"), row => row.NotSent),
        (new("(5) Thành công", "(5) Succeeded"), row => row.Succeeded),
        (new("(6) Không thành công", "(6) Failed"), row => row.Failed),
        (new("(7) Chưa rõ", "(7) Not known"), row => row.Unknown),
        (new("(8) Bản tin quy đổi", "(8) Parts"), row => row.Parts),
    ];

    static bool CellsSay(string text, string folded) =>
        Audience.CellText.Fold(text).Contains(folded, StringComparison.Ordinal);

    static IEnumerable<Wording> FindShares(CarrierResult result)
    {
        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>())
        {
            if (row.Share > 1)
            {
                yield return new Wording(
                    $"'{row.Area}': tỷ lệ thành công {Percent(row.Share.Value)} lớn hơn 100 %; hai số có cùng đơn vị "
                        + $"không?",
                    $"'{row.Area}': the success rate of {Percent(row.Share.Value)} is above 100 %; do both count the "
                        + $"same?");
            }
            else if (row is { Share: { } share, Sent: > 0 and { } sent, Succeeded: { } good }
                && Math.Abs(share - (decimal)good / sent) > ShareSlip)
            {
                var counted = Percent((decimal)good / sent);
                yield return new Wording(
                    $"'{row.Area}': tỷ lệ ghi {Percent(share)}, tính từ (5) và (4) là {counted}; tính theo mức xác "
                        + $"nhận "
                        + $"nào?",
                    $"'{row.Area}': the rate is given as {Percent(share)}, (5) of (4) is {counted}; how is it told?");
            }
        }
    }

    /// <summary>What "succeeded" means, where it does not say, or where none at all failed.</summary>
    static IEnumerable<Wording> FindTrust(CarrierResult result)
    {
        var (sent, good) = (result.Sum(row => row.Sent), result.Sum(row => row.Succeeded));
        var rate = sent is > 0 && good is not null ? Percent((decimal)good.Value / sent.Value) : null;
        if (result.Trust is null)
        {
            var share = rate is null ? new Wording("", "") : new Wording(
                $"Tỷ lệ thành công {rate}: ", $"The success rate is {rate}: ");
            yield return new Wording(
                $"{share}“thành công” tính theo mức xác nhận nào: hệ thống nhận, đã đưa lên mạng, hay máy báo nhận?",
                $"{share}by what is 'succeeded' told: taken by the system, by the network, or by the phone?");
        }
        else if (good == sent && sent > 0)
        {
            yield return new Wording(
                $"Tỷ lệ thành công {rate}, không thuê bao nào tắt máy hay ngoài vùng; tính theo mức xác nhận nào?",
                $"The success rate is {rate}, with no phone off or out of reach; by what is it told?");
        }
    }

    static IEnumerable<Wording> FindRate(CarrierResult result, int? stated)
    {
        var claimed = ReadRate(result.Rate);
        if (result.Rate is { } written && claimed is null)
        {
            yield return new Wording(
                $"Tốc độ ghi '{written}'; là bao nhiêu tin/giây?",
                $"The rate is given as '{written}'; how many messages a second is it?");
        }

        if (claimed is { } said && stated is { } contracted && said > contracted)
        {
            var (a, b) = (Figures.Count(said), Figures.Count(contracted));
            yield return new Wording(
                $"Tốc độ ghi {a} tin/giây, vượt {b} đã đăng ký; số nào đúng?",
                $"The rate is given as {a} a second, above the {b} stated; which is right?");
        }

        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>()
            .Where(row => row is { Begin: not null, End: not null } && row.End <= row.Begin))
        {
            yield return new Wording(
                $"'{row.Area}': giờ kết thúc không sau giờ bắt đầu; hai giờ có đúng không?",
                $"'{row.Area}': it ends no later than it begins; are both right?");
        }

        // What it has stated binds it; else what the report itself claims.
        if ((stated ?? claimed) is not { } most)
            yield break;

        var rows = result.Rows
            .Append(result.Total)
            .OfType<ResultRow>()
            .Select(row => (new Wording($"'{row.Area}': ", $"'{row.Area}': "), row.Sent, row.Begin, row.End))
            .ToList();
        if (rows.All(row => IsSlow(row, most)))
            rows = [Whole(result)]; // areas at the same time come to more than each
        foreach (var row in rows.Where(row => !IsSlow(row, most)))
        {
            var seconds = (row.End!.Value - row.Begin!.Value).TotalSeconds;
            var sent = row.Sent!.Value;
            var (count, minutes, rate, limit) = (
                Figures.Count(sent), Figures.Count((long)Math.Round(seconds / 60)),
                Figures.Count((long)Math.Round(sent / seconds)), Figures.Count(most));
            yield return new Wording(
                $"{row.Item1}{count} tin trong {minutes} phút là {rate} tin/giây, vượt {limit} đã đăng ký; giờ bắt "
                    + $"đầu, kết thúc có đúng không?",
                $"{row.Item1}{count} in {minutes} min is {rate} a second, above the {limit} stated; are both hours "
                    + $"right?");
        }

        foreach (var hour in result.Hours.Where(hour => hour.Sent > most * 3600L))
        {
            var (count, rate, limit) = (
                Figures.Count(hour.Sent), Figures.Count(hour.Sent / 3600), Figures.Count(most));
            yield return new Wording(
                $"Giờ {hour.Hour}, ngày {Figures.Date(hour.Date)}: {count} tin là {rate} tin/giây, vượt {limit} đã "
                    + $"đăng ký; số có đúng không?",
                $"Hour {hour.Hour} of {Figures.Date(hour.Date)}: {count} is {rate} a second, above the {limit} stated; "
                    + $"is it right?");
        }
    }

    static bool IsSlow((Wording Name, long? Sent, DateTime? Begin, DateTime? End) row, long most) =>
        row is not { Sent: > 0 and { } sent, Begin: { } begin, End: { } end }
        || end <= begin
        || sent / (end - begin).TotalSeconds <= most;

    static (Wording, long?, DateTime?, DateTime?) Whole(CarrierResult result) => (
        new Wording("Tất cả: ", "All: "),
        result.Sum(row => row.Sent),
        result.Rows.All(row => row.Begin is not null) ? result.Rows.Min(row => row.Begin) : null,
        result.Rows.All(row => row.End is not null) ? result.Rows.Max(row => row.End) : null);

    /// <returns>Messages a second; null where it says none, or not plainly.</returns>
    static long? ReadRate(string? written)
    {
        if (written is null || Number().Matches(written) is not [var only])
            return null;

        var digits = only.Value.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : null;
    }

    [GeneratedRegex(@"[0-9]{1,3}(?:[.,][0-9]{3})+(?![0-9.,])|(?<![0-9.,])[0-9]+(?![0-9]|[.,][0-9])")]
    private static partial Regex Number();

    static IEnumerable<Wording> FindHours(CarrierResult result, WorkOrder order)
    {
        var (start, end) = (order.Window.Start.DateTime, order.Window.End.DateTime);
        var outside = result.Hours
            .Where(hour => hour.Date.ToDateTime(new TimeOnly(hour.Hour, 59, 59)) < start
                || hour.Date.ToDateTime(new TimeOnly(hour.Hour, 0)) >= end)
            .Sum(hour => hour.Sent);
        var hours = $"{start.ToString("HH:mm", CultureInfo.InvariantCulture)}–"
            + end.ToString("HH:mm", CultureInfo.InvariantCulture);
        if (outside > 0)
        {
            var count = Figures.Counted(outside, "message");
            yield return new Wording(
                $"{count} tin gửi ngoài khung {hours}; đề nghị nêu lý do.",
                $"{count} left outside {hours}; please say why.");
        }

        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>()
            .Where(row => row.Begin < start || row.End > end))
        {
            yield return new Wording(
                $"'{row.Area}': bắt đầu hoặc kết thúc ngoài khung {hours} của ngày "
                    + $"{start.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}; đề nghị nêu lý do.",
                $"'{row.Area}': begins or ends outside {hours} of "
                    + $"{start.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}; please say why.");
        }
    }

    static IEnumerable<Wording> FindRound(CarrierResult result)
    {
        List<long> figures = [.. result.Rows
            .SelectMany(row => new[] { row.Sent, row.Succeeded, row.Failed })
            .OfType<long>()
            .Where(figure => figure > 0)];
        var round = figures.Count(figure => figure % Round == 0);
        if (round >= FewestRound && round * 2 > figures.Count)
        {
            yield return new Wording(
                $"{round}/{figures.Count} số liệu tròn nghìn; số đếm từ hệ thống hay ước tính?",
                $"{round} of {figures.Count} figures are round thousands; counted or estimated?");
        }
    }

    /// <summary>Counted figures of several areas are hardly the same.</summary>
    static IEnumerable<Wording> FindRepeated(CarrierResult result)
    {
        foreach (var same in result.Rows
            .Where(row => row.Sent >= FewestRepeated)
            .GroupBy(row => row.Sent!.Value)
            .Where(same => same.Count() >= FewestSame))
        {
            var (rows, figure) = (Figures.Counted(same.Count(), "row"), Figures.Count(same.Key));
            yield return new Wording(
                $"{rows} hàng cùng ghi đã gửi {figure}; số đếm từ hệ thống hay ước tính?",
                $"{rows} with the same {figure} sent; counted or estimated?");
        }
    }

    /// <summary>Communes of two districts may have one name; so may a row that was counted twice.</summary>
    static IEnumerable<Wording> FindTwice(CarrierResult result)
    {
        foreach (var same in result.Rows
            .GroupBy(row => Audience.CellText.Canonical($"{row.Area}\n{row.Subscribers}"))
            .Where(same => same.Count() > 1)
            .Take(MostTwice))
        {
            var (area, rows) = (same.First().Area, Figures.Counted(same.Count(), "row"));
            yield return new Wording(
                $"'{area}' có {rows} hàng; là các địa bàn khác nhau hay tính hai lần?",
                $"'{area}' has {rows}; are they different areas, or was it counted twice?");
        }
    }

    static IEnumerable<Wording> FindParts(CarrierResult result, WorkOrder order)
    {
        if (result.Sum(row => row.Parts) is { } parts
            && result.Sum(row => row.Sent) is > 0 and { } sent
            && parts != sent * order.Message.Parts)
        {
            var average = ((decimal)parts / sent).ToString("0.##", CultureInfo.GetCultureInfo("vi-VN"));
            yield return new Wording(
                $"Bình quân {average} bản tin mỗi thuê bao, nội dung chỉ {order.Message.Parts}; có thuê bao nhận lặp "
                    + $"không?",
                $"Parts a subscriber, on average: {average}; of the text: {order.Message.Parts}. Did some get it "
                    + $"twice?");
        }
    }

    static IEnumerable<Wording> FindOver(CarrierResult result, WorkOrder order)
    {
        if (result.Sum(row => row.Sent) is { } sent && sent > order.Audience.Estimate)
        {
            var share = (decimal)(sent - order.Audience.Estimate) / order.Audience.Estimate;
            var over = Tenths(Math.Max(1, Math.Round(share * 1000))); // never 0
            yield return new Wording(
                $"Đã gửi vượt ước tính {over}; phạm vi xác định theo căn cứ nào?",
                $"{over} more were sent to than estimated; by what was the area told?");
        }
    }

    /// <summary>What the carrier alone can say of rows of its list.</summary>
    static IEnumerable<Wording> FindInList(ResultNumbers? numbers)
    {
        if (numbers is null)
            yield break;

        if (numbers.Repeated > 0)
        {
            var rows = Figures.Counted(numbers.Repeated, "row");
            yield return new Wording(
                $"Danh sách có {rows} hàng lặp lại số đã có; có thuê bao nhận lặp không?",
                $"The list repeats numbers in {rows}; did some get it twice?");
        }

        if (numbers.Contradicted > 0)
        {
            var count = Figures.Counted(numbers.Contradicted, "number");
            yield return new Wording(
                $"{count} số có nhiều hàng ghi kết quả khác nhau; kết quả nào đúng?",
                $"{count} have rows that say different; which is right?");
        }

        if (numbers.Invalid > 0)
        {
            var rows = Figures.Counted(numbers.Invalid, "row");
            yield return new Wording(
                $"Danh sách có {rows} hàng không phải số di động Việt Nam; đề nghị cho biết là thuê bao nào.",
                $"The list has {rows} with no mobile number of Vietnam; whose are they?");
        }

        if (numbers.OtherCarrier is > 0 and { } other)
        {
            var count = Figures.Counted(other, "number");
            yield return new Wording(
                $"{count} số thuộc mạng khác theo đầu số và danh sách chuyển mạng giữ số; có phải thuê bao của doanh "
                    + $"nghiệp không?",
                $"{count} are another carrier's by prefix and porting; are they yours?");
        }

        if (numbers.Suppressed is > 0 and { } suppressed)
        {
            var count = Figures.Counted(suppressed, "subscriber");
            yield return new Wording(
                $"{count} thuê bao đã từ chối nhận tin vẫn được nhắn; vì sao?",
                $"{count} who had refused were texted; why?");
        }
    }

    /// <summary>To a tenth; 100 % means all.</summary>
    static string Percent(decimal share) => share is > 0.999m and < 1 ? Tenths(999) : Tenths(Math.Round(share * 1000));

    static string Tenths(decimal tenths) =>
        (tenths / 10).ToString("0.#", CultureInfo.GetCultureInfo("vi-VN")) + " %";
}
