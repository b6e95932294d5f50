using SmsCampaign.Office;
using SmsCampaign.Office.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What speaks against an order about a run, for a page.</summary>
public static class ControlFindingWords
{
    public static Wording Of(ControlFinding finding) => finding switch
    {
        ControlFinding.Unreadable => new(
            "Đã tạm dừng lượt gửi, nhưng không đọc được sổ của lượt này nên không biết còn bao nhiêu tin: CHƯA hủy, "
                + "CHƯA kết thúc. Báo kỹ sư phụ trách; trang Đang gửi nói tệp nào hỏng.",
            "The run is paused, but its ledger cannot be read, so that what is left is not known: it is NOT called off "
                + "and NOT ended. Tell your engineer; the page of the run says which file is broken."),
        ControlFinding.IsNotUnderWay(_, var state) when state != RunState.Planned => IsOver(state),
        _ => ControlWords.Of(finding), // these name no verb, or nothing that a page asks for
    };

    static Wording IsOver(RunState state)
    {
        var over = OfficerStateWords.Of(new RunFacts(state, true, true, IsPaused: false, null).ToState());
        return new Wording(
            $"Lượt gửi không còn gửi nữa ({over}). Xem ở trang Đang gửi.",
            $"The run sends no more ({over}). See the page of the run.");
    }
}
