using SmsCampaign.Carriers;

namespace SmsCampaign.Reports.Words;

/// <summary>What of two reports cannot be compared, in words.</summary>
public static class ComparisonWords
{
    public static IReadOnlyList<Wording> Find(ReportComparison both)
    {
        var found = new List<Wording>();
        if (both.A.IsLive != both.B.IsLive)
        {
            found.Add(new(
                $"Một bên gửi thật, một bên không (A: {both.A.Mode}; B: {both.B.Mode}): kết quả mô phỏng không nói gì "
                    + $"về máy thật.",
                $"One was sent and the other was not (A: {both.A.Mode}; B: {both.B.Mode}): what is simulated says "
                    + $"nothing of real phones."));
        }
        else if (!both.A.IsLive)
        {
            found.Add(new(
                "Cả hai bên đều không gửi thật: so được với nhau, không nói gì về máy thật.",
                "Neither was sent: they compare with one another, and say nothing of real phones."));
        }

        foreach (var pair in both.Carriers.Where(pair => !pair.A.MeansTheSameAs(pair.B)))
        {
            found.Add(new(
                $"{pair.A.Name}: thành công ở A là {Meaning(pair.A)}, ở B là {Meaning(pair.B)}; tỷ lệ không so được.",
                $"{pair.A.Name}: success is {Meaning(pair.A)} at A, {Meaning(pair.B)} at B; the rates do not "
                    + $"compare."));
        }

        if (!both.A.All.MeansTheSameAs(both.B.All))
        {
            found.Add(new(
                $"Tỷ lệ chung và tỷ lệ theo địa bàn: thành công ở A là {Meaning(both.A.All)}, ở B là "
                    + $"{Meaning(both.B.All)}; không so được.",
                $"The rates of all and of areas: success is {Meaning(both.A.All)} at A, {Meaning(both.B.All)} at B; "
                    + $"they do not compare."));
        }

        return found;
    }

    /// <summary>What success means, by what the receipts are worth.</summary>
    public static Wording Meaning(ReportSum sum) => sum.Trusts.Count == 0
        ? new("không rõ", "not known")
        : Wording.Join(" + ", sum.Trusts.Select(Of));

    static Wording Of(ReceiptTrust trust) => ReportWords.Of(trust);
}
