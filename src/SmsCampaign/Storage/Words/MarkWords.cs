using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage.Words;

/// <summary>What is said of a run whose file is not what it should be: what was found, and the ways out.</summary>
public static class MarkWords
{
    public static Wording Of(RunFile file)
    {
        var date = Figures.Date(file.Key.Date);
        var known = Figures.Count(file.Known?.LastPossible ?? 0);
        var there = Figures.Counted(file.Attempts, "attempt");
        var what = file.State switch
        {
            RunFileState.Missing => new Wording(
                $"Lượt gửi {file.Key.Campaign} ngày {date} đã gửi một phần nhưng không thấy sổ {file.Address}.",
                $"The run {file.Key.Campaign} of {date} has sent a part, and its ledger {file.Address} is not there."),
            RunFileState.Other => new Wording(
                $"Lượt gửi {file.Key.Campaign} ngày {date} đã gửi một phần (mã {file.Known!.Code}) nhưng sổ "
                    + $"{file.Address} là của một kế hoạch khác.",
                $"The run {file.Key.Campaign} of {date} has sent a part (code {file.Known.Code}), and the ledger "
                    + $"{file.Address} is that of another plan."),
            RunFileState.Behind => new Wording(
                $"Sổ {file.Address} cũ hơn những gì đã gửi: có {there} yêu cầu gửi, đã biết tới yêu cầu thứ {known}. "
                    + $"Sổ là bản cũ, hoặc thiếu tệp -wal đi kèm.",
                $"The ledger {file.Address} is older than what was sent: it has {there}, and the last known is number "
                    + $"{known}. It is an old copy, or lacks its -wal."),
            _ => new Wording(
                $"Lượt gửi {file.Key.Campaign} ngày {date} đã gửi một phần nhưng dấu mốc của lượt này ngoài thư mục dữ "
                    + $"liệu không còn: không rõ sổ {file.Address} có phải bản mới nhất.",
                $"The run {file.Key.Campaign} of {date} has sent a part, and its mark outside the data folder is gone: "
                    + $"whether the ledger {file.Address} is the newest is not known."),
        };

        var command = $"sms-campaign declare {file.Key.Campaign} --date {file.Key.DateText} --by … --reason …";
        return new Wording(
            $"{what} Không lập kế hoạch lại và không gửi. Hãy khôi phục bản mới nhất bằng 'restore'; "
                + $"nếu không còn bản nào, người phụ trách ghi nhận phần có thể đã gửi là chưa rõ: {command}",
            $"{what} Nothing is planned again or sent. Restore the newest copy with 'restore'; where there is none, "
                + $"a person declares uncertain what may have been sent: {command}");
    }

    /// <summary>Of a run under way whose ledger is not there, whatever is known of what it sent.</summary>
    public static Wording Missing(RunFile file) => !file.IsWhole ? Of(file) : new Wording(
        $"Không thấy sổ gửi tin {file.Address}. Hãy kiểm tra --data; nếu đúng thư mục thì khôi phục bản mới nhất bằng "
            + $"'restore'. Không còn bản nào thì ghi nhận phần có thể đã gửi là chưa rõ: sms-campaign declare "
            + $"{file.Key.Campaign} --date {file.Key.DateText} --by \"Họ tên\" --reason \"lý do\"",
        $"The ledger {file.Address} is not there. Check --data; if the folder is right, restore the newest copy with "
            + $"'restore'. Where there is none, declare uncertain what may have been sent: sms-campaign declare "
            + $"{file.Key.Campaign} --date {file.Key.DateText} --by NAME --reason TEXT");

    public static Wording Unlisted(DataFolder data, RunKey key)
    {
        var date = Figures.Date(key.Date);
        return new Wording(
            $"Lượt gửi {key.Campaign} ngày {date} đã gửi một phần nhưng {data.Ledger} không có lượt gửi này: "
                + $"tệp đã mất hoặc là bản cũ. Không gửi tiếp cho tới khi có lại. Hãy khôi phục bản mới nhất bằng "
                + $"'restore'; nếu không còn bản nào, chạy 'plan' với tệp chiến dịch đó để xem còn làm được gì.",
            $"The run {key.Campaign} of {date} has sent a part, and {data.Ledger} does not have it: the file is lost, "
                + $"or an old copy. Nothing more is sent of it until it is there. Restore the newest copy with "
                + $"'restore'; where there is none, run 'plan' with that campaign file to see what can be done.");
    }

    public static Wording NoLedger(DataFolder data) => new(
        $"Không thấy {data.Ledger}, trong khi còn sổ của các lượt gửi trong {Path.Combine(data.Root, "runs")} hoặc dấu "
            + $"mốc đã gửi trong {data.Marks}: không biết đã có những lượt gửi nào, đã phê duyệt gì. "
            + $"Hãy khôi phục bản mới nhất bằng 'restore'; nếu không còn bản nào, chạy 'plan' với từng tệp chiến dịch, "
            + $"phê duyệt lại bằng 'approve', rồi ghi nhận phần có thể đã gửi bằng 'declare'.",
        $"{data.Ledger} is not there, while runs' ledgers lie in {Path.Combine(data.Root, "runs")} or marks of what "
            + $"was sent in {data.Marks}: which runs there were, and what was approved, is not known. "
            + $"Restore the newest copy with 'restore'; where there is none, run 'plan' with each campaign file, "
            + $"approve it again with 'approve', then declare what may have been sent with 'declare'.");

    public static Wording Unwritable(DataFolder data, Wording why) => new(
        $"Không ghi được dấu mốc gửi tin vào {data.Marks} ({why}). Chương trình cần thư mục này, nằm ngoài thư mục dữ "
            + $"liệu, để không gửi trùng khi dữ liệu bị mất hay khôi phục. Hãy tạo thư mục và cho quyền ghi, hoặc chọn "
            + $"nơi khác bằng biến môi trường {DataFolder.MarksVariable}.",
        $"The marks of what is sent cannot be written to {data.Marks} ({why}). The program needs this folder, outside "
            + $"the data folder, so as to send nothing twice when data is lost or restored. "
            + $"Make it and let it be written to, or choose another place by the environment variable "
            + $"{DataFolder.MarksVariable}.");
}
