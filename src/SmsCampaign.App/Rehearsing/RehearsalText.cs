using System.Globalization;
using SmsCampaign.Reports.Words;

namespace SmsCampaign.App.Rehearsing;

/// <summary>A rehearsal for an officer: what would happen, when, and what it comes to.</summary>
sealed class RehearsalText(RehearsalDay day, RehearsalResult result, Language language)
{
    /// <summary>Beside the report.</summary>
    public const string FileName = "dien-bien.txt";

    public void Write(TextWriter output)
    {
        var (messages, date) = (result.Lanes.Sum(lane => lane.Messages), Figures.Date(day.Planned.Date));
        Say(new Wording(
            "DIỄN TẬP, MÔ PHỎNG: không tin nào tới máy thật. Lượt gửi thật và phê duyệt giữ nguyên.",
            "REHEARSAL, SIMULATED: nothing reaches a phone. The real run and its approval stay as they are."));
        Say(new Wording(
            $"Chiến dịch “{day.Planned.Campaign.Title}”, ngày {date}: {Figures.Counted(messages, "message")} thuê bao.",
            $"Campaign \"{day.Planned.Campaign.Title}\", {date}: {Figures.Counted(messages, "subscriber")}."));
        output.WriteLine();
        WriteTimeline(output);
        output.WriteLine();
        WriteLanes(output);
        output.WriteLine();
        foreach (var conclusion in Conclusions())
            Say(conclusion);

        void Say(Wording words) => output.WriteLine(words.In(language));
    }

    void WriteTimeline(TextWriter output)
    {
        DateOnly? shown = null;
        foreach (var what in result.Events)
        {
            var at = day.Window.ToLocal(what.At);
            if (DateOnly.FromDateTime(at.DateTime) is var date && date != shown)
            {
                output.WriteLine(new Wording($"Ngày {Figures.Date(date)}", $"{Figures.Date(date)}").In(language));
                shown = date;
            }

            var time = at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            output.WriteLine($"  {time}  {what.Words.In(language)}");
        }
    }

    void WriteLanes(TextWriter output)
    {
        var table = new TextTable(
            Of("Kênh gửi", "Lane"),
            Of("Đã chuyển", "Handed over"),
            Of("Chưa gửi", "Not sent"),
            Of("Thất bại", "Failed"),
            Of("Chưa rõ", "Uncertain"),
            Of("Hợp đồng", "Contract"));
        foreach (var lane in result.Lanes)
        {
            var share = result.Proof.Proof.Lanes.FirstOrDefault(proof => proof.Name == lane.Name)?.Share;
            table.Add(
                lane.Name,
                Count(lane.Messages - lane.Left),
                Count(lane.Left),
                Count(lane.Failed),
                Count(lane.Uncertain),
                share is { } used ? Percent(used) : "");
        }

        table.Write(output);
    }

    IEnumerable<Wording> Conclusions()
    {
        var left = Figures.Counted(result.Left, "message");
        if (result.Left == 0)
            yield return new Wording(
                "Gửi hết trong khung giờ.", "Everything would be sent inside the window.");
        else if (result.WaitsForPerson)
            yield return new Wording(
                $"KHÔNG gửi hết trong khung giờ: {left} tin chưa gửi, chờ người phụ trách quyết định.",
                $"NOT everything would be sent inside the window: {left} would wait for a person's decision.");
        else
            yield return new Wording(
                $"KHÔNG gửi hết trong khung giờ: {left} tin không được gửi.",
                $"NOT everything would be sent inside the window: {left} would be left over.");

        if (result.Lanes.Sum(lane => lane.Uncertain) is > 0 and var uncertain)
            yield return new Wording(
                $"Chưa rõ nhà mạng có nhận hay không: {Figures.Counted(uncertain, "message")} tin; không gửi lại, "
                    + $"xử lý bằng 'resolve'.",
                $"Uncertain in the end: {Figures.Counted(uncertain, "message")}, not sent again; for 'resolve'.");
        if (result.Repeated > 0)
            yield return new Wording(
                $"CÓ {Figures.Counted(result.Repeated, "message")} tin tới số đã nhận. Hãy báo kỹ sư phụ trách.",
                $"{Figures.Counted(result.Repeated, "message")} to a phone that had one already. Tell your engineer.");
        yield return result.Proof.Proof is { Lanes.Count: > 0 } proof
            ? ProofWords.Of(proof)
            : new Wording("Không có tin nào được chuyển đi.", "Nothing was handed over.");
        if (result.Report is { Balance.Holds: false })
            yield return new Wording(
                "Báo cáo cân đối SAI. Hãy báo kỹ sư phụ trách.", "The report does NOT balance. Tell your engineer.");
    }

    string Of(Vietnamese vi, English en) => new Wording(vi, en).In(language);

    string Count(long number) => Figures.Count(number).In(language);

    /// <summary>Cut, not rounded: 97.0 % is never less.</summary>
    string Percent(double share)
    {
        var cut = (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);
        return language == Language.Vietnamese ? $"{cut.Replace('.', ',')}%" : $"{cut} %";
    }
}
