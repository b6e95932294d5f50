namespace SmsCampaign.WebConsole.Words;

/// <summary>What passkey.js says where a passkey could not be used.</summary>
static class PasskeyWords
{
    public static string TooMany(Speech speech) => speech.Text(new Wording(
        "Quá nhiều lần thử. Hãy chờ 5 phút rồi thử lại.", "Too many attempts. Wait 5 minutes and try again."));

    public static string Stale(Speech speech) => speech.Text(new Wording(
        "Trang đã mở quá lâu. Hãy tải lại trang rồi làm lại.",
        "The page was open for too long. Load it again, then try again."));

    /// <summary>Of signing in.</summary>
    public static string NotUsed(Speech speech) => speech.Text(new Wording(
        "Chưa dùng được passkey: máy này không có passkey của trang, hoặc chưa ai xác nhận trên máy. Hãy thử lại, hoặc "
            + "dùng mật khẩu và mã xác thực.",
        "No passkey was used: this device has none for the page, or nobody confirmed it. Try again, or use password "
            + "and code."));

    /// <summary>Of adding one.</summary>
    public static string NotMade(Speech speech) => speech.Text(new Wording(
        "CHƯA thêm passkey: chưa ai xác nhận trên máy, hoặc máy không nhận, hoặc máy đã có passkey của trang này. Mã "
            + "xác thực đã dùng: chờ mã mới rồi làm lại.",
        "The passkey was NOT added: nobody confirmed it on the device, the device does not take any, or it has one of "
            + "this page already. The code is used up: wait for the next, then try again."));
}
