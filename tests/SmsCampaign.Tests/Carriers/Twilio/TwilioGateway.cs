using System.Globalization;
using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Twilio;

public sealed class TwilioGateway : PlayedGateway
{
    internal const string Account = "AC0123456789abcdef0123456789abcdef";
    internal const string Sid = "SM0123456789abcdef0123456789abcdef";

    public override string Type => "twilio";

    public override SmsEncoding? OfGsmLetters => SmsEncoding.Gsm7;

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}", "accountSid": "{{Account}}", "authToken": "{{secret}}"
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => Taken(Sid);

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var fields = HttpUtility.ParseQueryString(request.Body);
        judge(new(long.Parse(fields["To"]!.TrimStart('+'), CultureInfo.InvariantCulture), fields["Body"]!));
        return new(201, Taken($"SM{Guid.NewGuid():N}"));
    }

    internal override IEnumerable<SendResult?> Known() =>
        Enumerable.Range(10_000, 60_000).SelectMany(code => new[] { TwilioCodes.Refusal(code, null), FailureOf(code) });

    static SendResult? FailureOf(int code) =>
        TwilioCodes.FailureOf(code) is not FailureClass.Unknown and var failure
            ? SendResult.Rejected(failure, $"code {code}")
            : null;

    static string Taken(string sid) =>
        $$"""{"sid": "{{sid}}", "status": "queued", "error_code": null, "error_message": null}""";
}
