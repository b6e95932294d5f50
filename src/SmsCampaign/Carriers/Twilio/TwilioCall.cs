using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Method = System.Net.Http.HttpMethod;
using TwilioHttpClient = Twilio.Http.HttpClient;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// One request that Twilio's own package writes and whose answer it reads, made over the lane's HTTP as every adapter's
/// is: to the lane's address, once, no redirect followed, no more of an answer read than of any gateway's.
/// </summary>
/// <remarks>What the package throws holds the address, the account and whatever Twilio said: none of its
/// words leave here.</remarks>
/// <param name="departure">Asked when the connection stands. Null: nothing holds it up.</param>
sealed class TwilioCall(
    TwilioLaneOptions options, HttpMessageInvoker http, Departure? departure, CancellationToken cancellationToken)
    : TwilioHttpClient
{
    CarrierAnswer? _answer;
    ExceptionDispatchInfo? _lost;
    bool _isMade;

    /// <summary>What it carries; null of a request that hands nothing over, or where none was made.</summary>
    public RequestBody? Body { get; private set; }

    /// <summary>Has the package make it.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<TwilioAnswer> MakeAsync(Func<ITwilioRestClient, Task<MessageResource>> operation)
    {
        var client = new TwilioRestClient(
            options.ApiKey ?? options.AccountSid,
            options.ApiKey is null ? options.AuthToken : options.ApiKeySecret,
            options.AccountSid,
            httpClient: this)
        {
            LogLevel = null, // a variable of the environment would have some of its ways print requests
        };
        try
        {
            var message = await operation(client);
            return new TwilioAnswer(_answer!.Value, message, null);
        }
        catch (Exception thrown) // whatever it meets in an answer, in its own words
        {
            _lost?.Throw();
            return _answer is { } answer
                ? new TwilioAnswer(answer, null, TwilioCodes.Known((thrown as ApiException)?.Code))
                : throw new InvalidOperationException($"Twilio's package made no request: {thrown.GetType().Name}");
        }
    }

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        if (_isMade)
            throw new InvalidOperationException("a call is one request");

        _isMade = true;
        try
        {
            using var message = Write(request);
            var answer = await CarrierHttp.SendAsync(http, message, cancellationToken);
            _answer = answer;
            return new Response(answer.Status, GatewayText.Read(answer.Body), answer.Headers);
        }
        catch (Exception lost) // the package would wrap it
        {
            _lost = ExceptionDispatchInfo.Capture(lost);
            throw;
        }
    }

    public override Response MakeRequest(Request request) =>
        throw new NotSupportedException("nothing here waits for an answer without giving its thread back");

    HttpRequestMessage Write(Request request)
    {
        var message = new HttpRequestMessage(
            Method.Parse(request.Method.ToString()), new Uri(options.Url, request.ConstructUrl().PathAndQuery[1..]));
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Authentication(request.Username, request.Password));
        if (departure is not null)
        {
            message.Content = Body = new RequestBody(request.EncodePostParams())
            {
                Departure = departure,
                Headers = { ContentType = new("application/x-www-form-urlencoded") },
            };
        }

        return message;
    }
}

/// <summary>An answer of Twilio's, as it came and as the package reads it.</summary>
/// <param name="Message">Null where it finds none in it.</param>
/// <param name="Code">Why not, of a refusal that names a code; else null.</param>
readonly record struct TwilioAnswer(CarrierAnswer Answer, MessageResource? Message, int? Code);
