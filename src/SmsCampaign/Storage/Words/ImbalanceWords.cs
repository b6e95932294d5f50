namespace SmsCampaign.Storage.Words;

/// <summary>That a run's ledger does not balance, as everybody says it who finds it or refuses something for
/// it.</summary>
static class ImbalanceWords
{
    /// <param name="found">The numbers.</param>
    public static Wording Of(string file, Wording found) => new(
        $"Sổ gửi tin {file} KHÔNG cân đối: đếm từng dòng thì không khớp ({found}). Gửi hay kết thúc theo sổ này có thể "
            + $"làm sót hoặc gửi trùng. Hãy giữ nguyên thư mục dữ liệu, không gửi tiếp, và báo kỹ sư phụ trách để khôi "
            + $"phục từ bản sao lưu.",
        $"The ledger {file} does NOT balance: its rows, counted, do not add up ({found}). Sending or ending by it may "
            + $"leave somebody out or send twice. Leave the data folder as it is, send nothing more, and have your "
            + $"engineer restore it from a backup.");
}
