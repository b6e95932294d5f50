using System.Xml.Linq;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>Viettel's adapter before its gateway, and what that answers.</summary>
public abstract class ViettelCase : CarrierCase
{
    internal const string Password = Secret;
    internal const string Taken = "<message>Insert MT_QUEUE: OK</message><result>1</result>";

    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new ViettelGateway();

    internal static ViettelLaneOptions OptionsAt(Uri gateway) => new()
    {
        Type = "viettel",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        Url = new Uri(gateway, "bulkapi"),
        User = "u",
        Password = Password,
        CpCode = "CP",
        Secrets = [Password],
        MostPerCall = 3,
    };

    private protected ViettelLaneOptions Options(Uri? gateway = null) =>
        OptionsAt(gateway ?? new Uri(Server.Url + "/"));

    private protected ViettelLaneOptions DlrOptions()
    {
        var options = Options();
        (options.MostPerCall, options.RegistersReceipts, options.MessageIdIn) = (1, true, ViettelIdIn.Result);
        options.Inquiry = new ViettelInquiryOptions
        {
            Method = ViettelInquiryMethod.DlrStatus,
            Statuses = new()
            {
                ["0"] = ViettelStatus.Accepted,
                ["1"] = ViettelStatus.Sent,
                ["2"] = ViettelStatus.Delivered,
                ["3"] = ViettelStatus.Failed,
                ["-1"] = ViettelStatus.Failed,
            },
            Failures = new() { ["3"] = FailureClass.Network },
        };
        return options;
    }

    private protected ViettelLaneOptions FailOptions()
    {
        var options = Options();
        options.Inquiry =
            new ViettelInquiryOptions { Method = ViettelInquiryMethod.FailSub, Alias = "CHINH PHU", PageSize = 2 };
        return options;
    }

    private protected Task<IReadOnlyList<QueryAnswer>> AskAsync(
        ViettelLaneOptions options, IReadOnlyList<QueriedSms> messages) =>
        ((IReceiptQuery)Carrier(options)).AskAsync(messages, CancellationToken.None);

    /// <summary>The last request's call of an operation.</summary>
    private protected XElement Asked(string operation)
    {
        XNamespace soap = "http://schemas.xmlsoap.org/soap/envelope/";
        XNamespace impl = "http://impl.bulkSms.ws/";
        var envelope =
            XDocument.Parse(Server.LogEntries[^1].RequestMessage!.Body!, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(soap + "Envelope", envelope.Name);
        return Assert.Single(envelope.Element(soap + "Body")!.Elements(impl + operation));
    }

    internal static QueriedSms HandedOver(string reference, long number, DateTimeOffset at) =>
        new(reference, null) { Call = new SentCall(new PhoneNumber(number), reference, 1, at) };

    internal static OutboundSms[] Many(int count, string text = Text)
    {
        var sms = Some with { Text = SmsText.Compose(text) };
        return [.. Enumerable.Range(0, count).Select(
            at => sms with { Reference = $"r-{at}", To = new PhoneNumber(84912345678 + at) })];
    }

    internal static List<(string, string)> Fields(XElement call) =>
        [.. call.Elements().Select(each => (each.Name.ToString(), each.Value))];

    internal static string Envelope(string response, string fields) =>
        $"<?xml version=\"1.0\" ?><S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body><ns2:"
        + $"{response} xmlns:ns2=\"http://impl.bulkSms.ws/\"><return>{fields}</return></ns2:{response}"
        + $"></S:Body></S:Envelope>";

    internal static string Fault(string words) =>
        $"<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body><S:Fault>"
        + $"<faultcode>S:Server</faultcode><faultstring>{words}</faultstring></S:Fault></S:Body></S:Envelope>";

    internal static string Item(int request, string message, string result) =>
        $"<responseMt><message>{message}</message><requestId>{request}</requestId><result>{result}</result></responseMt>";

    internal static string Details(params (string Id, string Status)[] details) => Envelope(
        "getDlrStatusResponse",
        string.Concat(details.Select(
            each => $"<details><dlrStatus>{each.Status}</dlrStatus><messageId>{each.Id}</messageId></details>"))
            + "<message>OK</message><result>1</result>");

    internal static string FailedNumbers(params string[] numbers) => Envelope(
        "getFailSubResponse",
        "<errorCode>0</errorCode><message>OK</message>"
            + string.Concat(numbers.Select(number => $"<result receiver=\"{number}\" message=\"Noi dung tin\"/>")));
}
