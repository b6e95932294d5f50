using System.Globalization;
using System.Net;
using System.Text.Json;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// Reads /user/info: { "status", "code", "data": { "email", "balance", "currency" } }.
/// </summary>
static class SpeedSmsAccount
{
    public static AccountFinding Read(CarrierAnswer answer)
    {
        var root = GatewayJson.ObjectIn(answer.Body);
        var code = root is { } coded ? SpeedSmsCodes.CodeIn(coded) : null;
        if (code is { } known && SpeedSmsCodes.IsOfAccount(known))
            return NotLetIn($"code {known:000}");
        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
            return NotLetIn($"HTTP {(int)answer.Status}");
        if (!answer.IsSuccess)
            return Unknown($"HTTP {(int)answer.Status}");
        if (root is not { } read
            || GatewayJson.TextIn(read, "status") != "success"
            || GatewayJson.FieldIn(read, "data") is not { } data
            || BalanceIn(data) is not { } balance)
            return Unknown(
                code is { } other ? $"code {CarrierCode.Clean($"{other:000}", [])}" : "an answer without a balance");

        var shown = Figures.Money(balance);
        return balance > 0
            ? new AccountFinding(true, new Wording(
                $"Tài khoản SpeedSMS dùng được. Số dư: {shown}.", $"SpeedSMS lets the account in. Balance: {shown}."))
            {
                BalanceVnd = IsInVnd(data) ? balance : null,
            }
            : new AccountFinding(false, new Wording(
                $"Tài khoản SpeedSMS dùng được nhưng số dư là {shown}. Hãy nạp tiền trước khi gửi.",
                $"SpeedSMS lets the account in, but its balance is {shown}. Add money before sending."));
    }

    public static AccountFinding Unknown(string why) => new(null, new Wording(
        $"Không hỏi được tài khoản ở SpeedSMS ({GatewayWords.Of(why)}).",
        $"SpeedSMS could not be asked about the account ({GatewayWords.Of(why)})."));

    static AccountFinding NotLetIn(string why) => new(false, new Wording(
        $"Tài khoản SpeedSMS chưa dùng được ({GatewayWords.Of(why)}). Hãy kiểm tra token, quyền dùng API và địa chỉ IP "
            + $"ở trang tài khoản của SpeedSMS.",
        $"SpeedSMS does not let the account in ({GatewayWords.Of(why)}). Check the token, the right to use the API and "
            + $"the IP address at SpeedSMS's account page."));

    /// <summary>Where it names no currency it is that of its price list.</summary>
    static bool IsInVnd(JsonElement data) =>
        GatewayJson.TextIn(data, "currency") is not { Length: > 0 } named
        || string.Equals(named, "VND", StringComparison.OrdinalIgnoreCase);

    static decimal? BalanceIn(JsonElement data)
    {
        var written = GatewayJson.FieldIn(data, "balance") is { ValueKind: JsonValueKind.Number } number
            ? number.GetRawText()
            : GatewayJson.TextIn(data, "balance");
        return decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var balance)
            ? balance
            : null;
    }
}
