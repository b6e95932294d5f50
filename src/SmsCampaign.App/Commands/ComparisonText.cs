using System.Globalization;
using SmsCampaign.Reports;
using SmsCampaign.Reports.Words;

namespace SmsCampaign.App.Commands;

/// <summary>Two reports side by side for an officer, within 80 columns.</summary>
sealed class ComparisonText(ReportComparison both, Terminal terminal)
{
    /// <summary>Letters of a name that are shown.</summary>
    const int MostLetters = 20;

    const string None = "—";

    public void Write()
    {
        Name("A", both.A);
        Name("B", both.B);
        WriteTotals();
        WriteCarriers();
        WriteAreas();
        if (both.NotComparable.Count == 0)
            return;

        terminal.Say("Không so được:", "What does not compare:");
        foreach (var what in both.NotComparable)
            terminal.Say($"  - {what}", $"  - {what}");
    }

    void Name(string side, ReportFigures figures)
    {
        var date = figures.Date is { } day ? Figures.Date(day) : new Wording("không rõ ngày", "no date");
        terminal.Say(
            $"{side}: {figures.Campaign}, ngày {date}, {figures.Mode}",
            $"{side}: {figures.Campaign}, {date}, {figures.Mode}");
        terminal.Say($"   {figures.Title}", $"   {figures.Title}");
    }

    void WriteTotals()
    {
        var table = new TextTable("", "A", "B", terminal.Text("B so với A", "B less A"));
        Add(new("Số dòng danh sách", "Rows of the audience"), both.A.Audience, both.B.Audience);
        Add(new("Loại trừ", "Excluded"), both.A.Excluded, both.B.Excluded);
        Add(new("Thuê bao nhận tin", "Recipients"), both.A.All.Recipients, both.B.All.Recipients);
        Add(new("Thành công", "Succeeded"), both.A.All.Succeeded, both.B.All.Succeeded);
        table.Add(
            terminal.Text("Tỷ lệ thành công", "Success rate"),
            Rate(both.A.All.Rate),
            Rate(both.B.All.Rate),
            Points(both.RateDifferenceOf(both.All)));
        Add(new("Bản tin quy đổi", "Parts"), both.A.All.Parts, both.B.All.Parts);
        Add(new("Chi phí (đồng)", "Cost (VND)"), (long)both.A.All.CostVnd, (long)both.B.All.CostVnd);
        table.Add(
            terminal.Text("Thời gian gửi", "Time to send"),
            Time(both.A.Duration),
            Time(both.B.Duration),
            both.A.Duration is { } one && both.B.Duration is { } other
                ? (other < one ? "-" : "+") + Time((other - one).Duration())
                : None);
        table.Write(terminal.Output);
        terminal.Output.WriteLine();

        void Add(Wording name, long a, long b) =>
            table.Add(name.In(terminal.Language), Count(a), Count(b), Signed(b - a));
    }

    void WriteCarriers()
    {
        terminal.Say("Tỷ lệ thành công theo nhà mạng:", "Success rates by carrier:");
        var table = Table(new("Nhà mạng", "Carrier"));
        foreach (var pair in both.Carriers)
            table.Add(Cells(pair));
        table.Write(terminal.Output);

        foreach (var carriers in both.Carriers
            .Where(pair => pair.A.MeansTheSameAs(pair.B))
            .GroupBy(pair => ComparisonWords.Meaning(pair.A)))
        {
            var names = string.Join(", ", carriers.Select(pair => pair.A.Name));
            terminal.Say(
                $"  Thành công ở {names}: {carriers.Key} (theo biên nhận).",
                $"  Success at {names}: {carriers.Key} (as receipts say).");
        }

        Only(both.CarriersOnlyInA, "A");
        Only(both.CarriersOnlyInB, "B");
        terminal.Output.WriteLine();

        void Only(IReadOnlyList<string> names, string side)
        {
            if (names.Count == 0)
                return;

            var list = string.Join(", ", names);
            terminal.Say($"  Chỉ có ở {side}: {list}.", $"  Only at {side}: {list}.");
        }
    }

    void WriteAreas()
    {
        if (both.A.Areas.Count + both.B.Areas.Count == 0)
            return;

        var (common, onlyA, onlyB) = (
            Figures.Counted(both.Areas.Count, "area"),
            Figures.Count(both.AreasOnlyInA.Count),
            Figures.Count(both.AreasOnlyInB.Count));
        terminal.Say(
            $"Địa bàn: {common} có ở cả hai bên; chỉ ở A: {onlyA}; chỉ ở B: {onlyB} (tên: xem --json).",
            $"Areas: {common} of both; only at A: {onlyA}; only at B: {onlyB} (names: see --json).");
        if (both.Areas.Count == 0)
            return;

        var table = Table(new("Địa bàn", "Area"));

        // What changed most stands first.
        foreach (var pair in both.Areas
            .OrderByDescending(pair => Math.Abs(both.RateDifferenceOf(pair) ?? 0))
            .ThenBy(pair => pair.A.Name, StringComparer.Ordinal))
            table.Add(Cells(pair));
        table.Write(terminal.Output);
        terminal.Output.WriteLine();
    }

    TextTable Table(Wording what) => new(
        what.In(terminal.Language),
        terminal.Text("Nhận tin A", "Recipients A"),
        terminal.Text("Nhận tin B", "Recipients B"),
        terminal.Text("Tỷ lệ A", "Rate A"),
        terminal.Text("Tỷ lệ B", "Rate B"),
        terminal.Text("B so với A", "B less A"))
    {
        Gap = 2,
    };

    string[] Cells(ReportPair pair) =>
    [
        pair.A.Name.Length > MostLetters ? pair.A.Name[..(MostLetters - 1)] + "…" : pair.A.Name,
        Count(pair.A.Recipients),
        Count(pair.B.Recipients),
        Rate(pair.A.Rate),
        Rate(pair.B.Rate),
        Points(both.RateDifferenceOf(pair)),
    ];

    string Count(long number) => Figures.Count(number).In(terminal.Language);

    string Signed(long number) => number > 0 ? "+" + Count(number) : Count(number);

    /// <param name="hundredths">Null: there is none.</param>
    string Rate(long? hundredths) => hundredths is { } rate ? Decimal(rate) + "%" : None;

    /// <summary>Percentage points.</summary>
    string Points(long? hundredths) =>
        hundredths is { } points ? (points > 0 ? "+" : "") + Decimal(points) : None;

    string Decimal(long hundredths)
    {
        var mark = terminal.Text(",", ".");
        var sign = hundredths < 0 ? "-" : "";
        var (whole, rest) = Math.DivRem(Math.Abs(hundredths), 100);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}{mark}{rest:00}");
    }

    /// <summary>As 11:59:30: hours, minutes, seconds.</summary>
    static string Time(TimeSpan? time) => time is { } length
        ? string.Create(
            CultureInfo.InvariantCulture, $"{(long)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}")
        : None;
}
