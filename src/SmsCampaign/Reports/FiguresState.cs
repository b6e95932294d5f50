namespace SmsCampaign.Reports;

/// <summary>How final a report's figures are, and what is said of it.</summary>
/// <param name="Value">In the summary.</param>
/// <param name="Why">Beside it.</param>
/// <param name="Mark">On every document; null where nothing has to be seen.</param>
sealed record FiguresState(Wording Value, Wording Why, Wording? Mark)
{
    public static readonly Wording Item = new("Tình trạng số liệu", "State of the figures");

    static readonly Wording Preliminary = new("tạm thời", "preliminary");

    public static readonly FiguresState Final = new(
        new("đã chốt", "final"),
        new(
            "Mọi tin đã có kết quả hoặc hết hạn chờ biên nhận",
            "Every message is settled, or its receipt time is over"),
        Mark: null);

    static readonly FiguresState UnderWay = new(
        Preliminary,
        new("Lượt gửi chưa xong", "The run is not over"),
        new Wording("SỐ LIỆU TẠM THỜI: lượt gửi chưa xong", "PRELIMINARY FIGURES: the run is not over"));

    static readonly FiguresState Awaited = new(
        Preliminary,
        new(
            "Còn chờ biên nhận, kết quả có thể còn thay đổi; ghi lại báo cáo khi lượt gửi kết thúc",
            "Receipts are still awaited and may change it; write the report again when the run is over"),
        new Wording(
            "SỐ LIỆU TẠM THỜI: còn chờ biên nhận của nhà mạng, kết quả có thể còn thay đổi",
            "PRELIMINARY FIGURES: receipts are still awaited, and what became of messages may change"));

    /// <param name="isOver">As of <see cref="ReportOptions.IsOver"/>.</param>
    /// <returns>Null of a run whose messages carriers text: it has none.</returns>
    public static FiguresState? Of(Tally sum, bool isOver) =>
        sum.Messages == 0 ? null
        : ReportModel.HasLeft(sum) ? UnderWay
        : isOver ? Final
        : Awaited;
}
