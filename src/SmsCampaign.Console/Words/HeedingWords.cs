using SmsCampaign.Office;
using SmsCampaign.Office.Words;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What the process that sends has made of an order, for a page.</summary>
public static class HeedingWords
{
    public static Wording Of(Heeding heeding) => heeding switch
    {
        Heeding.Done(var answer) => answer,
        Heeding.NobodySends => new(
            "Hiện không có tiến trình nào gửi; lệnh đã ghi vào sổ và có hiệu lực với mọi lần gửi từ nay.",
            "Nobody sends now; it is on record and holds for whoever sends from now on."),
        Heeding.OnlyMarked(var data, _) => ControlWords.OnlyMarked(data),
        Heeding.NotKnown(var why) => new(
            $"Lệnh đã ghi vào sổ và được thực hiện ngay khi dịch vụ gửi đọc tới, nhưng CHƯA có xác nhận là đã thực "
                + $"hiện. {why}",
            $"It is on record and is done as soon as the process that sends looks, but it has NOT yet said so. {why}"),
        _ => throw new InvalidOperationException($"not an answer: {heeding}"),
    };

    /// <summary>Whether it is certain that it is done.</summary>
    public static bool IsCertain(Heeding heeding) => heeding is Heeding.Done or Heeding.NobodySends;
}
